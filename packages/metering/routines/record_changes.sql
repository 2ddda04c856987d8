-- Writes down how far the balances that a sync has read differ from those that are known, and why; the accounts are locked and
-- still have the old figures. What was lost comes before what was gained, a microsecond apart. A meter without a limit had no
-- balance to change: plan credits that cover what was used, and what else no source explains, are left out.
create or replace function metering.record_changes(p_bucket smallint, p_customer text, p_meters jsonb, p_now timestamptz)
  returns void language plpgsql as $$
begin
  insert into metering.balance_change (bucket, customer_id, meter, reason, name, amount, balance_after, changed_at)
    select p_bucket, p_customer, x.meter, x.reason, x.name, x.amount,
      x.balance - coalesce(sum(x.amount) over (
        partition by x.meter order by x.n rows between 1 following and unbounded following), 0),
      p_now + x.n * interval '1 microsecond'
    from (
      select a.meter, a.balance, e.reason, e.name, e.amount,
        row_number() over (order by a.meter, e.amount, e.reason, e.name) as n
      from jsonb_array_elements(p_meters) m
      cross join lateral (
        select a.meter, a.synced_balance, (m.value->>'available')::bigint - a.unsynced as balance, a.breakdown, a.unlimited
        from metering.account a
        where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = m.value->>'meter' offset 0) a
      cross join lateral metering.explain_change(
        a.breakdown, m.value->'breakdown', (m.value->>'available')::bigint - a.synced_balance, p_now) e
      where not a.unlimited or case e.reason
        when 'plan' then not exists (
          select 1 from jsonb_to_recordset(m.value->'breakdown') s(source text, name text, remaining numeric)
          where s.source = 'plan' and s.name = e.name and s.remaining = 0)
        when 'adjustment' then not coalesce((m.value->>'unlimited')::boolean, false)
        else true end) x;
end $$;
