import { z } from 'zod'
import type { Persona } from './personas.ts'
import type { PersonaSession } from './persona-session.ts'

/** Where the self-hosted backend answers, and its key. */
export type BillingAccess = { url: string; apiKey: string }

const plan = z.object({ billing: z.object({ subscription: z.object({ id: z.string() }) }) })

/**
 * Tells the backend of usage past the balance, as another program with the account's key could. Our own calls cannot: they are
 * refused first.
 */
export async function overuseTokens(
  session: PersonaSession,
  { name, tokensBeyond }: Persona,
  billing: BillingAccess,
): Promise<void> {
  const { subscription } = plan.parse(await session.read('billing.plan')).billing
  const response = await fetch(`${billing.url}/api/v1/usage-events`, {
    method: 'POST',
    headers: { authorization: billing.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({
      usageEvent: {
        subscriptionId: subscription.id,
        transactionId: `seed_${name}_${subscription.id}`,
        usageMeterSlug: 'ai_tokens',
        amount: tokensBeyond,
      },
    }),
  })
  if (!response.ok)
    throw new Error(`The backend answered ${response.status}: ${await response.text()}`)
}
