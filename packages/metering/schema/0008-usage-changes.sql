-- Customers whose usage or grants changed since a consumer of these changes last acknowledged them, one row each. Written by
-- triggers where charges are delivered and balances are synced, never where a call is held or settled.
create table metering.usage_change (
  bucket smallint not null,
  customer_id text not null,
  -- Another one with every change, so that acknowledging one never hides the next.
  change_id uuid not null default gen_random_uuid(),
  -- Until then one consumer has it.
  claimed_until timestamptz not null default '-infinity',
  primary key (bucket, customer_id)
);
create index usage_change_due on metering.usage_change (claimed_until, customer_id, bucket);
