import type { Database } from '@tollgate/database'
import { z } from 'zod'
import type { Persona } from './personas.ts'
import type { PersonaSession } from './persona-session.ts'
import type { BillingAccess } from './ask-billing.ts'
import { buy } from './buy.ts'
import { seedHistory } from './history/seed-history.ts'
import { letRenewalFail } from './let-renewal-fail.ts'
import { overuseTokens } from './overuse-tokens.ts'

/** Enough concurrency to keep a small machine busy. */
const CALLS_AT_ONCE = 8

const plan = z.object({
  billing: z
    .object({ subscription: z.object({ priceSlug: z.string().nullable() }).nullable() })
    .nullable(),
})
const balances = z.object({
  balances: z.array(z.object({ meter: z.string(), granted: z.number() })),
})

/** The interfaces a seed uses: the public API, the backend's own, and metering's database for its clock. */
export type SeedAccess = {
  session: PersonaSession
  billing: BillingAccess
  withMetering(work: (metering: Database) => Promise<void>): Promise<void>
}

/** Puts one persona into its state through the public API. */
export async function seedPersona(
  persona: Persona,
  { session, billing, withMetering }: SeedAccess,
): Promise<void> {
  const { historyDays: days } = persona
  if (days) await withMetering((metering) => seedHistory(session, { days, billing, metering }))
  await makeCalls(session, persona)
  if (persona.bought && !(await hasBought(session, persona.bought))) {
    await buy(session, persona.bought)
  }
  if (persona.tokensBeyond) await overuseTokens(session, persona, billing)
  if (persona.leaves) await session.call('billing.cancelPlan', {})
  if (persona.owes) await letRenewalFail(session, billing)
  await session.call('billing.refresh', {})
}

async function makeCalls(session: PersonaSession, { name, calls }: Persona): Promise<void> {
  await inGroups(calls.images ?? 0, (number) => {
    const input = { prompt: `A tollgate in the fog, number ${number}`, style: 'night' }
    return session.call('images.generate', input, `seed-${name}-image-${number}`)
  })
  await inGroups(calls.qrCodes ?? 0, (number) => {
    const input = { text: `https://example.com/${number}` }
    return session.call('tools.qrCode', input, `seed-${name}-qr-code-${number}`)
  })
}

async function inGroups(count: number, call: (number: number) => Promise<unknown>): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number)
  for (let start = 0; start < count; start += CALLS_AT_ONCE) {
    await Promise.all(numbers.slice(start, start + CALLS_AT_ONCE).map(call))
  }
}

async function hasBought(session: PersonaSession, price: string): Promise<boolean> {
  if (price === 'pro_monthly') {
    const { billing } = plan.parse(await session.read('billing.plan'))
    return billing?.subscription?.priceSlug === price
  }
  const { balances: all } = balances.parse(await session.read('billing.balance'))
  return all.some(({ meter, granted }) => meter === 'image_generations' && granted > 10)
}
