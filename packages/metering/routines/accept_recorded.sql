-- Ends a quarantined event for which the backend holds another amount under its id, by accepting that amount: only one that the
-- backend has answered with. The difference is written down as an adjustment of the balance. False when there is no such event.
create or replace function metering.accept_recorded(p_bucket smallint, p_transaction text, p_amount bigint) returns boolean
  language plpgsql as $$
declare
  e metering.outbox%rowtype;
  v_balance bigint;
  v_now timestamptz;
begin
  perform metering.own_bucket(p_bucket);
  select * into e from metering.outbox x
    where x.bucket = p_bucket and x.transaction_id = p_transaction and x.quarantined
      and x.reason = metering.difference_of(x.amount, x.subscription_id, x.meter, p_amount, x.subscription_id, x.meter);
  if not found then return false; end if;
  perform 1 from metering.customer c where c.bucket = p_bucket and c.customer_id = e.customer_id for update;
  perform 1 from metering.account a
    where a.bucket = p_bucket and a.customer_id = e.customer_id and a.meter = e.meter for update;
  v_now := metering.clock();
  -- What is quarantined is not deleted, except by this decision.
  update metering.outbox x set quarantined = false
    where x.bucket = p_bucket and x.customer_id = e.customer_id and x.operation_id = e.operation_id and x.meter = e.meter
      and x.quarantined;
  if not found then return false; end if;
  delete from metering.outbox x
    where x.bucket = p_bucket and x.customer_id = e.customer_id and x.operation_id = e.operation_id and x.meter = e.meter;
  update metering.account a
    set synced_balance = a.synced_balance - p_amount, unsynced = a.unsynced - e.amount, version = a.version + 1
    where a.bucket = p_bucket and a.customer_id = e.customer_id and a.meter = e.meter
    returning a.synced_balance - a.unsynced into v_balance;
  insert into metering.balance_change (bucket, customer_id, meter, reason, name, amount, balance_after, changed_at)
    values (p_bucket, e.customer_id, e.meter, 'adjustment',
      format('charged %s instead of %s, as the billing backend recorded it', p_amount, e.amount),
      e.amount - p_amount, v_balance, v_now);
  -- A balance that was read since may have counted the backend's amount already.
  update metering.customer c set doubtful = true where c.bucket = p_bucket and c.customer_id = e.customer_id;
  return true;
end $$;
