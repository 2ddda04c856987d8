import type { CustomerScope } from './customer-scope.ts'
import type { Queryable } from './queryable.ts'

/** Notes when a customer next needs attention: a period or its grace ends, credits expire, a payment waits to be collected or given back. */
export async function recomputeDueAt(
  from: Queryable,
  { organizationId, customerId }: CustomerScope,
): Promise<void> {
  await from.query({
    name: 'recompute-due-at',
    // A period whose payment waits is not taken over again, so then it is the payment that is due.
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
