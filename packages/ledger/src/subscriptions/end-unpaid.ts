import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from './switch-plan.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Ends a plan that was not paid within its grace period; the customer keeps purchased credits on the free plan. */
export async function endUnpaid(
  tx: LedgerTransaction,
  { subscription, at }: { subscription: SubscriptionRow; at: number },
): Promise<void> {
  await typed(tx)
    .updateTable('invoice')
    .set({ status: 'uncollectible', updatedAt: tx.now })
    .where(({ and }) => and({ ...scopeOf(tx), subscriptionId: subscription.id, status: 'open' }))
    .execute()
  const model = await readPricingModel(tx, tx)
  await switchToFree(tx, { model, from: subscription, reason: 'unpaid', at })
}
