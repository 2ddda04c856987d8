import type { CustomerScope } from './customer-scope.ts'
import type { Queryable } from './queryable.ts'

/** Recomputes when a customer is next due: a period or grace period ends, credits expire, a payment is to be collected or refunded. */
export async function recomputeDueAt(
  from: Queryable,
  { organizationId, customerId }: CustomerScope,
): Promise<void> {
  await from.query({
    name: 'recompute-due-at',
    // A period with a pending payment is not rolled over again, so then the payment is due.
    text: `update customer set due_at = least(
             coalesce(
               (select min(next_attempt_at) from payment
                where organization_id = $1 and customer_id = $2 and status = 'pending'),
               (select min(least(period_end, grace_ends_at)) from subscription
                where organization_id = $1 and customer_id = $2
                  and status in ('trialing', 'active', 'past_due', 'cancellation_scheduled'))),
             (select min(refund_due_at) from payment where organization_id = $1 and customer_id = $2),
             (select min(given.expires_at) from subscription sub
              join credit_grant given
                on given.organization_id = sub.organization_id and given.subscription_id = sub.id
               and given.closed_at is null
              where sub.organization_id = $1 and sub.customer_id = $2
                and sub.status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')))
           where organization_id = $1 and id = $2`,
    values: [organizationId, customerId],
  })
}
