-- What operators changed by hand, and why. Written in the statement that makes the change, by the command and by the view alike;
-- a delivery to the backend is written down before it is tried. Rows are only ever added.
create table metering.operator_change (
  change_id uuid not null default gen_random_uuid(),
  changed_at timestamptz not null,
  bucket smallint not null,
  -- The account of an operator in the view; the login of the machine that a command was run on.
  operator text not null check (operator <> ''),
  via text not null check (via in ('view', 'command')),
  action text not null check (action in ('release', 'quarantine', 'replay', 'accept', 'redeliver')),
  reason text not null check (length(btrim(reason)) between 3 and 500),
  customer_id text not null,
  operation_id uuid,
  transaction_id text,
  before jsonb,
  after jsonb,
  primary key (bucket, change_id)
);
create index operator_change_newest on metering.operator_change (changed_at desc, change_id desc, bucket);
create index operator_change_customer on metering.operator_change (customer_id, changed_at desc, change_id desc, bucket);

-- What was used and granted in a span of time, for figures. These indexes are a few kilobytes, cost a write next to nothing, and keep a
-- span of days from reading all of history, because rows are stored in the order in which they began.
create index operation_created on metering.operation using brin (created_at, bucket) with (autosummarize = on, pages_per_range = 32);
create index balance_change_changed on metering.balance_change using brin (changed_at, bucket) with (autosummarize = on, pages_per_range = 32);
