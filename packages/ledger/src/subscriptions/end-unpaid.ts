import type { Books } from '../core/books.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from './switch-plan.ts'

/** Ends a plan that was not paid within its grace period; the customer is on the free plan with what they bought. */
export async function endUnpaid(
  books: Books,
  { subscription, at }: { subscription: SubscriptionRow; at: number },
): Promise<void> {
  await books.transaction.query({
    text: `update invoice set status = 'uncollectible', updated_at = $4
           where organization_id = $1 and customer_id = $2 and subscription_id = $3 and status = 'open'`,
    values: [books.organizationId, books.customerId, subscription.id, books.now],
  })
  const model = await readPricingModel(books.transaction, books)
  await switchToFree(books, { model, from: subscription, reason: 'unpaid', at })
}
