-- What is paid for once: at most one payment for it waits at a time. Payments from before have no slot and are collected as ever.
alter table payment add column slot text;
create unique index payment_slot on payment (organization_id, slot) where status = 'pending';

-- When the provider was first asked for a payment: from then on only its answer says whether money was taken.
alter table payment add column asked_at bigint;

-- When money that bought nothing is to be given back; later after a provider that did not answer.
alter table payment add column refund_due_at bigint;
alter table payment add check (refund_due_at is null or status = 'succeeded');

-- The provider's page of a checkout, so that a second request for the same plan leads to the same page.
alter table checkout_session add column page_url text;
