-- What changed a balance without an operation, as a sync observed it: credits granted, bought, refunded, expired or adjusted at
-- the backend. Written under the account's lock, so that together with the charges it has one order and one running balance.
create table metering.balance_change (
  change_id uuid not null default gen_random_uuid(),
  changed_at timestamptz not null,
  amount bigint not null check (amount <> 0),
  balance_after bigint not null,
  bucket smallint not null,
  customer_id text not null,
  meter text not null,
  reason text not null check (reason in ('plan', 'purchase', 'grant', 'refund', 'expiry', 'adjustment')),
  -- What the backend calls the source of the credits.
  name text,
  primary key (bucket, change_id)
);
create index balance_change_newest on metering.balance_change (customer_id, changed_at desc, change_id desc, bucket);
