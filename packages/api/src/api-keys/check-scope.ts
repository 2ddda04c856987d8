import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { ApiKey } from './api-keys.ts'

/**
 * What a program needs besides what is sold: prices, balances, and the outcome of its own calls. Everything else is reserved for its owner.
 */
const OPEN_TO_KEYS: ReadonlySet<string> = new Set([
  'billing.balance',
  'billing.onBalance',
  'billing.operation',
  'billing.quote',
  'billing.receipt',
  'runs.create',
  'runs.end',
  'runs.left',
])
/** A stream would continue after the end of its run. */
const CLOSED_TO_RUNS: ReadonlySet<string> = new Set(['billing.onBalance'])

const billedMeta = z.object({
  billing: z.object({ charges: z.array(z.object({ meter: z.string() })) }),
})

/** Refuses a call outside the scope of a key or its run, before anything is parsed or held. */
export function checkScope(key: ApiKey, call: { path: string; meta: unknown }): void {
  const { path } = call
  const [who, whose] = key.runs ? ['run', 'runs'] : ['API key', 'API keys']
  const fix = key.runs ? 'Start a run with a wider scope.' : FIX
  const billed = billedMeta.safeParse(call.meta)
  if (!billed.success) {
    if (OPEN_TO_KEYS.has(path) && !(key.runs && CLOSED_TO_RUNS.has(path))) return
    throw forbidden(`${path} is not for ${whose}. Sign in to do this.`)
  }
  if (key.procedures && !key.procedures.includes(path)) {
    throw forbidden(`The scope of this ${who} does not include ${path}. ${fix}`)
  }
  const missing = billed.data.billing.charges.find(({ meter }) => !allows(key.meters, meter))
  if (missing) {
    throw forbidden(`The scope of this ${who} does not include the meter ${missing.meter}. ${fix}`)
  }
}

function allows(slugs: readonly string[] | null, slug: string): boolean {
  return slugs === null || slugs.includes(slug)
}

const FIX = 'Create a key with a wider scope and revoke this one.'

function forbidden(message: string): TRPCError {
  return new TRPCError({ code: 'FORBIDDEN', message })
}
