import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from './switch-plan.ts'

/** Ends a plan that was not paid within its grace period; the customer is on the free plan with what they bought. */
export async function endUnpaid(
  tx: LedgerTransaction,
  { subscription, at }: { subscription: SubscriptionRow; at: number },
): Promise<void> {
  await tx.query({
    text: `update invoice set status = 'uncollectible', updated_at = $4
           where organization_id = $1 and customer_id = $2 and subscription_id = $3 and status = 'open'`,
    values: [tx.organizationId, tx.customerId, subscription.id, tx.now],
  })
  const model = await readPricingModel(tx, tx)
  await switchToFree(tx, { model, from: subscription, reason: 'unpaid', at })
}
