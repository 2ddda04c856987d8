-- Usage that arrives after its credits were written off takes them back first: the entry that reverses an expiry.
alter table ledger_entry drop constraint ledger_entry_kind_check;
alter table ledger_entry drop constraint ledger_entry_check;
alter table ledger_entry add constraint ledger_entry_kind_check check (kind in
  ('grant', 'usage', 'expiry', 'expiry_reversal', 'revocation', 'reversal', 'transfer_in', 'transfer_out', 'settlement'));
alter table ledger_entry add constraint ledger_entry_check check ((kind, debit_account, credit_account) in (
  ('grant', 'issued', 'credits'),
  ('usage', 'credits', 'used'),
  ('reversal', 'used', 'credits'),
  ('expiry', 'credits', 'expired'),
  ('expiry_reversal', 'expired', 'credits'),
  ('revocation', 'credits', 'revoked'),
  ('transfer_out', 'credits', 'moved'),
  ('transfer_in', 'moved', 'credits'),
  ('settlement', 'credits', 'credits')
));

create or replace function keep_balance() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  insert into meter_balance as kept
    (organization_id, customer_id, subscription_id, usage_meter_id, balance, granted, used, expired)
  select organization_id, customer_id, subscription_id, usage_meter_id,
         coalesce(sum(amount) filter (where kind in ('grant', 'transfer_in', 'reversal', 'expiry_reversal')), 0)
           - coalesce(sum(amount) filter (where kind in ('usage', 'expiry', 'revocation', 'transfer_out')), 0),
         coalesce(sum(amount) filter (where kind in ('grant', 'transfer_in')), 0),
         coalesce(sum(amount) filter (where kind = 'usage'), 0)
           - coalesce(sum(amount) filter (where kind = 'reversal'), 0),
         coalesce(sum(amount) filter (where kind in ('expiry', 'revocation', 'transfer_out')), 0)
           - coalesce(sum(amount) filter (where kind = 'expiry_reversal'), 0)
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

-- Finds what was written off after the moment of a late usage.
create index credit_grant_expired on credit_grant (organization_id, subscription_id, usage_meter_id, expires_at)
  where closed_at is not null and expires_at is not null;

-- When the clock was moved ahead: callers report usage in the machine's time, the books keep their own.
create table clock_step (
  machine_at bigint primary key,
  offset_ms bigint not null check (offset_ms >= 0)
);
insert into clock_step select 0, offset_ms from clock where offset_ms > 0;
