-- Until when an unpaid plan stays in force; then it ends. Those unpaid already get a week from now on.
alter table subscription add column grace_ends_at bigint;
update subscription set grace_ends_at = least(period_end, updated_at + 7 * 86400000::bigint) where status = 'past_due';
update customer set due_at = least(customer.due_at, sub.grace_ends_at)
from subscription sub
where sub.organization_id = customer.organization_id and sub.customer_id = customer.id and sub.status = 'past_due'
  and not exists (select from payment
                  where payment.organization_id = customer.organization_id and payment.customer_id = customer.id
                    and payment.status = 'pending');
alter table subscription add check ((status = 'past_due') = (grace_ends_at is not null));
