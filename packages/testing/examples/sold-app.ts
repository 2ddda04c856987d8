import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const ASK_AGAIN_MS = 250

const answerSchema = z.object({ result: z.object({ data: z.unknown() }) })
const signedInSchema = z.object({ token: z.string(), id: z.string() })
const balanceSchema = z.object({
  balances: z.array(z.object({ meter: z.string(), remaining: z.number() })),
})

/** An app as seen by a customer's program that uses plain HTTP, without tRPC. */
export type AppCustomer = {
  id: string
  token: string
  /** Buys a render; retries with the same key while the server responds 503, as every client does. */
  draw(key?: string): Promise<Response>
  /** How many renders are left. */
  remaining(): Promise<number | undefined>
}

/** Signs a new customer in. */
export async function signIn(url: string): Promise<AppCustomer> {
  const signedIn = await fetch(`${url}/sign-in`, { method: 'POST' })
  const { token, id } = signedInSchema.parse(await signedIn.json())
  const authorization = `Bearer ${token}`
  return {
    id,
    token,
    async draw(key = randomUUID()) {
      for (;;) {
        const response = await fetch(`${url}/trpc/draw`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify({ prompt: 'a fox' }),
        })
        if (response.status !== 503) return response
        await response.body?.cancel()
        await delay(ASK_AGAIN_MS)
      }
    },
    async remaining() {
      const response = await fetch(`${url}/trpc/billing.balance`, { headers: { authorization } })
      const { balances } = balanceSchema.parse(await dataOf(response))
      return balances.find(({ meter }) => meter === 'renders')?.remaining
    },
  }
}

/** The response of a call. */
export async function dataOf(response: Response): Promise<unknown> {
  return answerSchema.parse(await response.json()).result.data
}

/** How many renders the billing backend has recorded for a customer. */
export async function recordedUsage(
  backend: { url: string; apiKey: string },
  customerId: string,
): Promise<number> {
  const response = await fetch(`${backend.url}/api/v1/customers/${customerId}/billing`, {
    headers: { authorization: backend.apiKey },
  })
  const schema = z.object({
    currentSubscriptions: z.array(
      z.object({
        experimental: z.object({
          usageMeterBalances: z.array(z.object({ slug: z.string(), availableBalance: z.number() })),
        }),
      }),
    ),
  })
  const [subscription] = schema.parse(await response.json()).currentSubscriptions
  const balance = subscription?.experimental.usageMeterBalances.find(
    ({ slug }) => slug === 'renders',
  )
  return GRANTED - (balance?.availableBalance ?? GRANTED)
}

/** Renders per month in `apps/pricing.yaml`. */
export const GRANTED = 10
