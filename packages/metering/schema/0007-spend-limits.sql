-- What a subject may spend of one meter, in a calendar month (UTC) or in all: the customer itself, a member, an API key or a run.
-- A limit is read and counted under the lock of its account. What its subject holds is not stored: it is what the operations
-- hold that are running for it, so a hold writes no limit and nothing has to be put back when one is released.
create table metering.spend_limit (
  bucket smallint not null,
  customer_id text not null,
  meter text not null,
  -- "customer", "member:ada", "key:k_1" or "run:r_1".
  subject text not null,
  amount bigint not null check (amount between 0 and 9007199254740991),
  period text check (period = 'month'),
  -- Charged to the subject since `counted_from`; of a month that has ended it says nothing.
  spent bigint not null default 0 check (spent >= 0),
  counted_from timestamptz not null,
  -- A run spends nothing after it. Any other limit would be lifted when its row is deleted.
  expires_at timestamptz check (expires_at is null or subject like 'run:%'),
  primary key (bucket, customer_id, meter, subject)
) with (fillfactor = 70);
create index spend_limit_expiry on metering.spend_limit (expires_at, bucket) where expires_at is not null;

-- Whom an operation is charged to besides the customer, separated by spaces: "member:ada key:k_1".
alter table metering.operation add column subjects text;

-- Whether any limit is set; an account without one pays nothing for those of others.
alter table metering.account add column limited boolean not null default false;

-- The monthly caps of the version before. It still reads and writes its own columns, which a later migration drops.
insert into metering.spend_limit (bucket, customer_id, meter, subject, amount, period, spent, counted_from)
  select a.bucket, a.customer_id, a.meter, 'customer', a.spend_cap, 'month', a.spent,
    coalesce(a.spent_month, '-infinity')::timestamp at time zone 'UTC'
  from metering.account a where a.spend_cap is not null;
update metering.account set limited = true, version = version + 1 where spend_cap is not null;
