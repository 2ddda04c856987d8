import { z } from 'zod'
import { askBilling, type BillingAccess } from './ask-billing.ts'
import type { Persona } from './personas.ts'
import type { PersonaSession } from './persona-session.ts'

const plan = z.object({ billing: z.object({ subscription: z.object({ id: z.string() }) }) })

/** Reports usage beyond the balance directly to the backend: our own calls would be refused first. */
export async function overuseTokens(
  session: PersonaSession,
  { name, tokensBeyond }: Persona,
  billing: BillingAccess,
): Promise<void> {
  const { subscription } = plan.parse(await session.read('billing.plan')).billing
  await askBilling(billing, '/usage-events', {
    usageEvent: {
      subscriptionId: subscription.id,
      transactionId: `seed_${name}_${subscription.id}`,
      usageMeterSlug: 'ai_tokens',
      amount: tokensBeyond,
    },
  })
}
