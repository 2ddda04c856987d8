import type { CustomerScope } from './books.ts'
import type { Queryable } from './queryable.ts'

/** Notes when a customer next needs attention: a period ends, or at once when a payment waits to be collected. */
export async function recomputeDueAt(
  from: Queryable,
  { organizationId, customerId }: CustomerScope,
): Promise<void> {
  await from.query({
    name: 'recompute-due-at',
    text: `update customer set due_at = (
             select min(due) from (
               select min(period_end) as due from subscription
               where organization_id = $1 and customer_id = $2
                 and status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')
               union all
               select min(next_attempt_at) from payment
               where organization_id = $1 and customer_id = $2 and status = 'pending'
             ) what)
           where organization_id = $1 and id = $2`,
    values: [organizationId, customerId],
  })
}
