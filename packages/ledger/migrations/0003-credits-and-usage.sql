create table credit_grant (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  usage_meter_id text not null,
  id text not null,
  source text not null check (source in ('plan', 'topup', 'grant')),
  name text not null,
  amount bigint not null check (amount >= 1),
  -- What no usage has taken yet; never more than was granted, never less than nothing.
  remaining bigint not null check (remaining between 0 and amount),
  expires_at bigint,
  -- Why this grant exists; the same reason grants once.
  reason text not null,
  depleted_at bigint,
  closed_at bigint,
  created_at bigint not null,
  primary key (organization_id, customer_id, id),
  foreign key (organization_id, subscription_id) references subscription,
  foreign key (organization_id, usage_meter_id) references usage_meter,
  unique (organization_id, customer_id, reason),
  check (closed_at is null or remaining = 0)
);
create index credit_grant_open on credit_grant (organization_id, subscription_id, usage_meter_id)
  where closed_at is null;

create table usage_event (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  usage_meter_id text not null,
  billing_period_id text not null,
  price_id text not null,
  id text not null,
  transaction_id text not null check (length(transaction_id) <= 255),
  -- The width of Flowglad's column; a charge is never zero and never negative.
  amount integer not null check (amount >= 1),
  usage_date bigint not null,
  properties jsonb,
  -- Names the property set on a meter that counts distinct ones; null on all others.
  properties_key text,
  -- False for a repeated property set on a meter that counts distinct ones: kept, but it costs nothing.
  counted boolean not null default true,
  created_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, customer_id) references customer,
  -- Per customer, not per meter alone: nobody can take somebody else's id.
  unique (organization_id, customer_id, usage_meter_id, transaction_id)
);
create index usage_event_distinct on usage_event
  (organization_id, subscription_id, usage_meter_id, billing_period_id, properties_key) where properties_key is not null;
create index usage_event_listing on usage_event (organization_id, customer_id, created_at desc, id desc);

-- Double entry: every row moves an amount from one account of a (subscription, meter) to another, so the books cannot
-- be out of balance. `credits` is what the customer may use; the others say where credits came from and went.
create table ledger_entry (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  usage_meter_id text not null,
  id bigint generated always as identity,
  kind text not null check (kind in
    ('grant', 'usage', 'expiry', 'revocation', 'reversal', 'transfer_in', 'transfer_out', 'settlement')),
  debit_account text not null,
  credit_account text not null,
  amount bigint not null check (amount >= 1),
  credit_grant_id text,
  usage_event_id text,
  note text,
  occurred_at bigint not null,
  primary key (organization_id, customer_id, id),
  check ((kind, debit_account, credit_account) in (
    ('grant', 'issued', 'credits'),
    ('usage', 'credits', 'used'),
    ('reversal', 'used', 'credits'),
    ('expiry', 'credits', 'expired'),
    ('revocation', 'credits', 'revoked'),
    ('transfer_out', 'credits', 'moved'),
    ('transfer_in', 'moved', 'credits'),
    -- A new grant pays for usage that had gone past the old ones; the sum of `credits` stays as it is.
    ('settlement', 'credits', 'credits')
  )),
  check (kind <> 'usage' or usage_event_id is not null)
);

create table meter_balance (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  usage_meter_id text not null,
  balance bigint not null,
  granted bigint not null,
  used bigint not null,
  expired bigint not null,
  primary key (organization_id, subscription_id, usage_meter_id),
  check (balance = granted - used - expired)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: correct it with a new entry', tg_table_name using errcode = '42501';
end $$;

create trigger ledger_entry_is_append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_change();
create trigger usage_event_is_append_only before update or delete or truncate on usage_event
  for each statement execute function refuse_change();

-- The only writer of meter_balance: what is not an entry cannot change a balance, and no entry can be forgotten.
create function keep_balance() returns trigger language plpgsql as $$
begin
  insert into meter_balance as kept
    (organization_id, customer_id, subscription_id, usage_meter_id, balance, granted, used, expired)
  select organization_id, customer_id, subscription_id, usage_meter_id,
         coalesce(sum(amount) filter (where kind in ('grant', 'transfer_in', 'reversal')), 0)
           - coalesce(sum(amount) filter (where kind in ('usage', 'expiry', 'revocation', 'transfer_out')), 0),
         coalesce(sum(amount) filter (where kind in ('grant', 'transfer_in')), 0),
         coalesce(sum(amount) filter (where kind = 'usage'), 0)
           - coalesce(sum(amount) filter (where kind = 'reversal'), 0),
         coalesce(sum(amount) filter (where kind in ('expiry', 'revocation', 'transfer_out')), 0)
  from added
  group by organization_id, customer_id, subscription_id, usage_meter_id
  order by subscription_id, usage_meter_id
  on conflict (organization_id, subscription_id, usage_meter_id) do update set
    balance = kept.balance + excluded.balance,
    granted = kept.granted + excluded.granted,
    used = kept.used + excluded.used,
    expired = kept.expired + excluded.expired;
  return null;
end $$;

create trigger ledger_entry_keeps_balance after insert on ledger_entry
  referencing new table as added
  for each statement execute function keep_balance();

-- Whoever connects with less than the owner's rights may add to the books, never rewrite them.
revoke update, delete, truncate on ledger_entry, usage_event from public;
