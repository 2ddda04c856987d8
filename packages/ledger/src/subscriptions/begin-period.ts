import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** Opens a subscription's current period, and grants its credits if they are due already. */
export async function beginPeriod(
  tx: LedgerTransaction,
  begun: { subscription: SubscriptionRow; trial?: boolean; grantCredits: boolean; first: boolean },
): Promise<void> {
  const { subscription } = begun
  await tx.query({
    text: `insert into billing_period
             (organization_id, customer_id, subscription_id, id, starts_at, ends_at, trial, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      tx.organizationId,
      tx.customerId,
      subscription.id,
      subscription.periodId,
      subscription.periodStart,
      subscription.periodEnd,
      begun.trial ?? false,
      tx.now,
    ],
  })
  if (begun.grantCredits) await grantPlanCredits(tx, { subscription, withOnce: begun.first })
}
