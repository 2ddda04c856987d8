-- Metering keeps its tables in a schema of its own, because the library that signs people in has an `account`, too.
create schema metering;

-- The only clock that leases, periods and keeping times are measured with. A test replaces this function in its own
-- database to move time; nothing a connection can set changes it.
create function metering.clock() returns timestamptz
  language sql volatile parallel safe
  as 'select clock_timestamp()';

-- A customer as the backend last described it, and who may talk to the backend about it right now.
create table metering.customer (
  customer_id text primary key check (customer_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  name text not null,
  email text not null,
  billing jsonb,
  subscription_id text,
  features text[] not null default '{}',
  period_end timestamptz,
  -- When the backend was asked, and when its answer was written down.
  synced_at timestamptz,
  applied_at timestamptz,
  -- True when a delivery was answered late, so that the last read may have counted it twice.
  doubtful boolean not null default false,
  -- A claim is held by one sync or one delivery; whoever holds an older fence has lost it.
  claimed_until timestamptz not null default '-infinity',
  claim_fence bigint not null default 0,
  -- Whose claim it is, and under which fence it was taken: whoever lost the answer to a claim asks again and has it.
  claim_token text,
  claim_token_fence bigint,
  -- Until then deliveries let a waiting sync go first: the relay of a busy customer would never leave it a gap.
  sync_wanted_until timestamptz not null default '-infinity'
);

create index customer_doubtful on metering.customer (synced_at) where doubtful;

-- available = synced_balance - unsynced - held
create table metering.account (
  -- No foreign key: PostgreSQL checks it again when a row changes twice in one transaction, and would then lock the customer
  -- after the account, against the order in which everybody else locks. `I1` of the invariants watches instead.
  customer_id text not null,
  meter text not null,
  synced_balance bigint not null default 0,
  unsynced bigint not null default 0 check (unsynced >= 0),
  held bigint not null default 0 check (held >= 0),
  granted bigint not null default 0 check (granted >= 0),
  unlimited boolean not null default false,
  soft_limit boolean not null default false,
  breakdown jsonb not null default '[]',
  -- Let in since the last sync while nobody could be asked.
  degraded bigint not null default 0 check (degraded >= 0),
  -- The customer's own limit of a calendar month (UTC), and what was charged in that month; kept only while there is a cap.
  spend_cap bigint check (spend_cap between 0 and 9007199254740991),
  spent_month date,
  spent bigint not null default 0 check (spent >= 0),
  version bigint not null default 1,
  primary key (customer_id, meter)
) with (fillfactor = 50);

create table metering.operation (
  customer_id text not null,
  operation_id text not null,
  procedure text not null,
  -- Null once the key is past its keeping time; the row stays for the customer's own ledger.
  key_hash text,
  fingerprint text not null,
  state text not null check (state in ('executing', 'settled', 'voided', 'expired')),
  attempt integer not null check (attempt >= 1),
  fence bigint not null check (fence >= 1),
  -- Tells one placing from another, so that a placing whose answer was lost finds itself again.
  attempt_token text not null,
  crashes integer not null default 0,
  lease_until timestamptz not null,
  deadline_at timestamptz not null,
  subscription_id text,
  result text,
  result_expires_at timestamptz,
  late boolean not null default false,
  degraded boolean not null default false,
  created_at timestamptz not null,
  -- When its hold was placed last; whoever takes it over goes on with the same hold.
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (customer_id, operation_id),
  unique (customer_id, procedure, key_hash),
  check ((state = 'executing') = (ended_at is null)),
  check (result is null or state = 'settled')
) with (fillfactor = 70);

create index operation_lease on metering.operation (lease_until) where state = 'executing';
-- Every row is in it; whoever reads by age repeats the condition, and nobody else is ever planned through this index: on
-- an empty table all look alike, and a plan that chose it to look for a key would read all operations of the customer.
create index operation_newest on metering.operation (customer_id, created_at desc, operation_id desc) where attempt >= 1;
create index operation_result on metering.operation (result_expires_at) where result is not null;
create index operation_key_age on metering.operation (created_at) where key_hash is not null;

create table metering.hold (
  customer_id text not null,
  operation_id text not null,
  meter text not null,
  amount bigint not null check (amount between 1 and 2147483647),
  -- Credits of a stream that have surely reached the caller.
  progress bigint not null default 0 check (progress between 0 and 2147483647),
  state text not null check (state in ('held', 'charged', 'released')),
  charged bigint check (charged between 0 and 2147483647),
  -- Used beyond the hold when the funds for it were not there: borne by the operator, and counted.
  overrun bigint not null default 0 check (overrun >= 0),
  balance_after bigint,
  transaction_id text not null,
  primary key (customer_id, operation_id, meter),
  foreign key (customer_id, operation_id) references metering.operation,
  check ((state = 'charged') = (charged is not null))
) with (fillfactor = 70);

-- A settled charge on its way to the backend; the fact never changes, only how far it has come.
create table metering.usage_event (
  customer_id text not null,
  transaction_id text not null,
  operation_id text not null,
  meter text not null,
  amount bigint not null check (amount between 1 and 2147483647),
  -- Null only when it was let in while nobody could be asked; the next sync fills it in.
  subscription_id text,
  occurred_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'quarantined')),
  sendings integer not null default 0,
  refusals integer not null default 0,
  -- Sendings that the backend has not said anything of; `in_doubt` is whether there are any. A refusal is an answer, for the
  -- sending it came back for and for no earlier one: an event that was sent twice and refused once may have arrived the first time.
  unanswered integer not null default 0 check (unanswered >= 0),
  in_doubt boolean not null default false,
  -- The sending that was refused last: its refusal counts once, however often it is written down.
  refused_sending integer not null default 0,
  next_at timestamptz not null,
  reason text,
  primary key (customer_id, transaction_id),
  unique (customer_id, operation_id, meter),
  foreign key (customer_id, operation_id, meter) references metering.hold
) with (fillfactor = 70);

create index usage_event_pending on metering.usage_event (customer_id, next_at) where state = 'pending';
create index usage_event_homeless on metering.usage_event (customer_id) where subscription_id is null;
create index usage_event_quarantined on metering.usage_event (customer_id) where state = 'quarantined';
