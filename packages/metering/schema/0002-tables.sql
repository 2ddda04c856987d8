-- Metering keeps its tables in a schema of its own, because the library that signs people in has an `account`, too.
-- Every key has the bucket in it, so that any statement can be kept to one shard. Only the primary key begins with it: of
-- several indexes that begin with the same constant, a plan made on an empty table may use the wrong one for good.
create schema metering;

-- The buckets that this database owns; every function refuses others. One bucket unless an installation is sharded.
create table metering.bucket (
  bucket smallint primary key check (bucket >= 0)
);
insert into metering.bucket values (0);

create type metering.operation_state as enum ('executing', 'settled', 'voided', 'expired');

-- A customer as the backend last described it, and who may talk to the backend about it right now.
create table metering.customer (
  bucket smallint not null,
  customer_id text not null check (customer_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  name text not null,
  email text not null,
  billing jsonb,
  subscription_id text,
  features text[] not null default '{}',
  period_end timestamptz,
  -- When the backend was asked, and when its answer was applied.
  synced_at timestamptz,
  applied_at timestamptz,
  -- True when a delivery was answered late, so that the last read may have counted it twice.
  doubtful boolean not null default false,
  -- A claim is held by one sync or one delivery; a holder with an older fence has lost it.
  claimed_until timestamptz not null default '-infinity',
  claim_fence bigint not null default 0,
  -- Whose claim it is, and under which fence it was taken: a claimant who lost the answer asks again and has it.
  claim_token text,
  claim_token_fence bigint,
  -- Until then deliveries let a waiting sync go first: the relay of a busy customer would never leave it a gap.
  sync_wanted_until timestamptz not null default '-infinity',
  -- Attempts of the relay to read this customer since one succeeded, and when the next is due.
  sync_attempts integer not null default 0,
  sync_retry_at timestamptz not null default '-infinity',
  primary key (bucket, customer_id)
);
create index customer_doubtful on metering.customer (sync_retry_at, bucket) where doubtful;

-- available = synced_balance - unsynced - held
create table metering.account (
  bucket smallint not null,
  customer_id text not null,
  meter text not null,
  synced_balance bigint not null default 0,
  unsynced bigint not null default 0,
  held bigint not null default 0,
  granted bigint not null default 0,
  -- Let in since the last sync while the backend could not be asked.
  degraded bigint not null default 0,
  -- The customer's own limit of a calendar month (UTC), and what was charged in that month; kept only while there is a cap.
  spend_cap bigint check (spend_cap between 0 and 9007199254740991),
  spent bigint not null default 0,
  version bigint not null default 1,
  spent_month date,
  unlimited boolean not null default false,
  soft_limit boolean not null default false,
  breakdown jsonb not null default '[]',
  primary key (bucket, customer_id, meter),
  constraint account_counts check (least(unsynced, held, granted, degraded, spent) >= 0)
) with (fillfactor = 50);

-- One row is the whole operation: its key, its lease, its hold, its charge and its stored result.
create table metering.operation (
  operation_id uuid not null,
  -- Digest of customer, procedure and key; the operation's own id once the key of an unsettled one is forgotten.
  key uuid not null,
  fingerprint uuid not null,
  -- The placing that started the last attempt, so that a placing whose answer was lost finds itself again.
  attempt_token uuid,
  lease_until timestamptz not null,
  deadline_at timestamptz not null,
  created_at timestamptz not null,
  -- When its hold was placed last; who takes it over continues with the same hold.
  started_at timestamptz not null,
  ended_at timestamptz,
  result_expires_at timestamptz,
  held integer not null,
  charged integer,
  -- Used beyond the hold when the funds for it were not there: borne by the operator, and counted.
  overrun integer not null default 0,
  -- Credits of a stream that have surely reached the caller.
  progress integer not null default 0,
  fence integer not null,
  attempt integer not null,
  crashes integer not null default 0,
  -- What the account had left right after the charge, not counting what other operations held.
  balance_after bigint,
  state metering.operation_state not null,
  bucket smallint not null,
  late boolean not null default false,
  degraded boolean not null default false,
  -- It holds of further meters, too, in `further_hold`.
  further boolean not null default false,
  customer_id text not null,
  meter text not null,
  procedure text not null,
  subscription_id text,
  result text,
  primary key (bucket, operation_id),
  constraint operation_is_whole check (
    held > 0 and charged >= 0 and least(overrun, progress, crashes) >= 0 and fence >= attempt and attempt >= 1
    and (state = 'executing') = (ended_at is null)
    and (state = 'settled') = (charged is not null)
    and (result is null or state = 'settled'))
) with (fillfactor = 90);
-- Compressing a result of 20 KB costs more than the rest of the call.
alter table metering.operation alter column result set storage external;
create unique index operation_key on metering.operation (key, bucket);
create index operation_lease on metering.operation (lease_until, bucket) where state = 'executing';
create index operation_result on metering.operation (result_expires_at, bucket) where result is not null;
create index operation_unsettled on metering.operation (ended_at, bucket) where state in ('voided', 'expired') and key <> operation_id;
-- Every row is in it; only a statement that repeats the condition is planned through it.
create index operation_newest on metering.operation (customer_id, ended_at desc, operation_id desc, bucket) where attempt >= 1;

-- What an operation holds beyond its first meter.
create table metering.further_hold (
  operation_id uuid not null,
  held integer not null check (held > 0),
  charged integer check (charged >= 0),
  overrun integer not null default 0 check (overrun >= 0),
  progress integer not null default 0 check (progress >= 0),
  balance_after bigint,
  bucket smallint not null,
  meter text not null,
  primary key (bucket, operation_id, meter)
);

-- Settled charges on their way to the backend; a row is deleted once the backend has confirmed it.
create table metering.outbox (
  operation_id uuid not null,
  occurred_at timestamptz not null,
  next_at timestamptz not null,
  amount integer not null check (amount > 0),
  sendings integer not null default 0,
  -- Sendings that the backend has not answered. A refusal answers the sending it came back for and no earlier one: an event
  -- that was sent twice and refused once may have arrived the first time.
  unanswered integer not null default 0,
  refusals integer not null default 0,
  -- The sending that was refused last: its refusal counts once, however often it is recorded.
  refused_sending integer not null default 0,
  bucket smallint not null,
  quarantined boolean not null default false,
  customer_id text not null,
  meter text not null,
  -- Null only when it was let in while the backend could not be asked; the next sync fills it in.
  subscription_id text,
  -- Derived by the relay; stored when an event has come back, for the operator, and for events of the version before.
  transaction_id text,
  reason text,
  primary key (bucket, customer_id, operation_id, meter),
  constraint outbox_counts check (unanswered between 0 and sendings and least(refusals, refused_sending) >= 0)
) with (fillfactor = 70);
create index outbox_homeless on metering.outbox (customer_id, bucket) where subscription_id is null;
create index outbox_quarantined on metering.outbox (customer_id, bucket) where quarantined;
create unique index outbox_transaction on metering.outbox (transaction_id, meter, bucket) where transaction_id is not null;

-- Charges of the version before, whose transaction ids do not follow from a key; as they were sent, whether confirmed or not.
create table metering.landed_transaction (
  operation_id uuid not null,
  bucket smallint not null,
  meter text not null,
  transaction_id text not null,
  primary key (bucket, operation_id, meter)
);
