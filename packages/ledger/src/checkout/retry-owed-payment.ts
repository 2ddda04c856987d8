import type { Books } from '../books.ts'
import { notFound } from '../ledger-error.ts'

/** Asks again, with the new payment method, for what a subscription still owes. */
export async function retryOwedPayment(books: Books, subscriptionId: string | null): Promise<void> {
  const [owed] = await books.transaction.query({
    text: `update payment set status = 'pending', attempt = attempt + 1, failure = null, next_attempt_at = $4, updated_at = $4
           where organization_id = $1 and customer_id = $2 and id = (
             select id from payment
             where organization_id = $1 and customer_id = $2 and subscription_id = $3 and status = 'failed'
               and reason in ('start', 'renewal')
             order by created_at desc, id desc limit 1)
           returning id`,
    values: [books.organizationId, books.customerId, subscriptionId, books.now],
  })
  if (!owed) throw notFound('unpaid invoice of subscription', subscriptionId ?? '')
}
