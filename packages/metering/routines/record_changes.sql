-- Writes down how far the balances that a sync has read differ from those that are known, and why; the accounts are locked and
-- still have the old figures. What was lost comes before what was gained, a microsecond apart.
create or replace function metering.record_changes(p_bucket smallint, p_customer text, p_meters jsonb, p_now timestamptz)
  returns void language plpgsql as $$
begin
  insert into metering.balance_change (bucket, customer_id, meter, reason, name, amount, balance_after, changed_at)
    select p_bucket, p_customer, x.meter, x.reason, x.name, x.amount, x.balance + sum(x.amount) over (partition by x.meter order by x.n),
      p_now + x.n * interval '1 microsecond'
    from (
      select a.meter, a.balance, e.reason, e.name, e.amount,
        row_number() over (order by a.meter, e.amount, e.reason, e.name) as n
      from jsonb_array_elements(p_meters) m
      cross join lateral (
        select a.meter, a.synced_balance, a.synced_balance - a.unsynced as balance, a.breakdown from metering.account a
        where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = m.value->>'meter' offset 0) a
      cross join lateral metering.explain_change(
        a.breakdown, m.value->'breakdown', (m.value->>'available')::bigint - a.synced_balance, p_now) e) x;
end $$;
