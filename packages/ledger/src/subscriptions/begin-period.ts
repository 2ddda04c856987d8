import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Opens a subscription's current period, and grants its credits if they are already due. */
export async function beginPeriod(
  tx: LedgerTransaction,
  begun: { subscription: SubscriptionRow; trial?: boolean; grantCredits: boolean; first: boolean },
): Promise<void> {
  const { subscription } = begun
  await typed(tx)
    .insertInto('billingPeriod')
    .values({
      ...scopeOf(tx),
      subscriptionId: subscription.id,
      id: subscription.periodId,
      startsAt: subscription.periodStart,
      endsAt: subscription.periodEnd,
      trial: begun.trial,
      createdAt: tx.now,
    })
    .execute()
  if (begun.grantCredits) await grantPlanCredits(tx, { subscription, withOnce: begun.first })
}
