import type { Books } from '../core/books.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** Notes a subscription's current period, and gives its credits if they are due already. */
export async function beginPeriod(
  books: Books,
  begun: { subscription: SubscriptionRow; trial?: boolean; grantCredits: boolean; first: boolean },
): Promise<void> {
  const { subscription } = begun
  await books.transaction.query({
    text: `insert into billing_period
             (organization_id, customer_id, subscription_id, id, starts_at, ends_at, trial, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      books.organizationId,
      books.customerId,
      subscription.id,
      subscription.periodId,
      subscription.periodStart,
      subscription.periodEnd,
      begun.trial ?? false,
      books.now,
    ],
  })
  if (begun.grantCredits) await grantPlanCredits(books, { subscription, withOnce: begun.first })
}
