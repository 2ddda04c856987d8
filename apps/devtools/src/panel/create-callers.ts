import { randomUUID } from 'node:crypto'
import { RESULTS_PATH } from '@tollgate/api'
import { OPERATION_KEY_HEADER, RECEIPT_HEADER } from '@tollgate/contract'
import { inSpan } from '@tollgate/metering'
import { z } from 'zod'
import { PERSONAS } from '../seed/personas.ts'
import { signInPersona } from '../seed/persona-session.ts'
import { signInAsGuest } from '../seed/sign-in-as-guest.ts'
import { readGuideEntry } from './read-guide-entry.ts'
import { traceCall, tracedFetch } from '../tracing/trace-call.ts'

/** A new customer, kept until the server restarts. */
export const GUEST = 'guest'

/** The response, unchanged. */
export type PanelAnswer = {
  traceId: string
  status: number
  /** The charges on the receipt; empty without one. */
  charged: { meter: string; amount: number }[]
  /** The guide's explanation of a refusal. */
  explained: { docs: string; text: string } | null
  milliseconds: number
  body: unknown
}

type PanelCall = { path: string; type: string; input: unknown }

/** Makes calls over HTTP as a guest or as a seeded persona. */
export function createCallers(url: string) {
  const tokens = new Map<string, Promise<string>>()

  function tokenOf(name: string): Promise<string> {
    const known = tokens.get(name)
    if (known) return known
    const persona = PERSONAS.find((candidate) => candidate.name === name)
    const token = persona ? signInPersona(url, persona) : signInAsGuest(url)
    tokens.set(name, token)
    // Forgets a failed sign-in, so that the next call retries it.
    token.catch(() => tokens.delete(name))
    return token
  }

  return {
    async call(name: string, call: PanelCall): Promise<PanelAnswer> {
      const authorization = `Bearer ${await tokenOf(name)}`
      const began = performance.now()
      const { traceId, result: response } = await traceCall(async () => {
        const key = await inSpan('intent', () => randomUUID())
        return inSpan('links', () => send(url, call, { authorization, key }))
      })
      const body: unknown = await response.json()
      const milliseconds = performance.now() - began
      const charged = chargesOf(response.headers.get(RECEIPT_HEADER), body)
      const { status } = response
      return { traceId, status, charged, explained: explain(body), milliseconds, body }
    },
    /** The file of a result, which only its payer may read. */
    async file(name: string, operationId: string): Promise<Response> {
      const authorization = `Bearer ${await tokenOf(name)}`
      return fetch(`${url}${RESULTS_PATH}/${encodeURIComponent(operationId)}`, {
        headers: { authorization },
      })
    },
  }
}

function send(
  url: string,
  { path, type, input }: PanelCall,
  { authorization, key }: { authorization: string; key: string },
): Promise<Response> {
  const text = JSON.stringify(input)
  if (type !== 'mutation') {
    const query = `?input=${encodeURIComponent(text)}`
    return tracedFetch(`${url}/trpc/${path}${query}`, { headers: { authorization } })
  }
  const headers = { authorization, 'content-type': 'application/json' }
  return tracedFetch(`${url}/trpc/${path}`, {
    method: 'POST',
    headers: { ...headers, [OPERATION_KEY_HEADER]: key },
    body: text,
  })
}

const receiptSchema = z.object({
  charges: z.array(z.object({ meter: z.string(), amount: z.number() })),
})
const streamSchema = z.object({
  result: z.object({ data: z.array(z.looseObject({ type: z.string() })) }),
})
const refusalSchema = z.object({
  error: z.object({ data: z.object({ billing: z.object({ kind: z.string() }) }) }),
})

// A stream carries its receipt in its last chunk, all other responses in a header.
function chargesOf(header: string | null, body: unknown): PanelAnswer['charged'] {
  if (header !== null) return receiptSchema.parse(JSON.parse(header)).charges
  const last = streamSchema.safeParse(body).data?.result.data.at(-1)
  return receiptSchema.safeParse(last?.['receipt']).data?.charges ?? []
}

function explain(body: unknown): PanelAnswer['explained'] {
  const refusal = refusalSchema.safeParse(body).data
  if (!refusal) return null
  return readGuideEntry({ name: 'BillingError', code: refusal.error.data.billing.kind })
}
