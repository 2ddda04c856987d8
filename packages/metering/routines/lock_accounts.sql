-- Locks the accounts that these elements concern, in the order of everyone: those of the calls to place, and those of the
-- operations that are named or found under a key.
create or replace function metering.lock_accounts(p_bucket smallint, p_elements jsonb) returns void
  language plpgsql as $$
begin
  perform 1
    from (
      select distinct w.customer_id collate "C" as customer_id, w.meter collate "C" as meter
      from (
        select e->>'customerId' as customer_id, c->>'meter' as meter
        from jsonb_array_elements(p_elements) e, jsonb_array_elements(e->'charges') c
        where e->'charges' is not null
        union all
        select e->>'customerId', h.meter
        from jsonb_array_elements(p_elements) e
        cross join lateral (
          select o.operation_id from metering.operation o
          where o.bucket = p_bucket and o.operation_id = (e->>'operationId')::uuid
          union
          select o.operation_id from metering.operation o where o.bucket = p_bucket and o.key = (e->>'key')::uuid offset 0) o
        cross join lateral metering.holds_of_operation(p_bucket, o.operation_id) h) w
      order by 1, 2) wanted
    cross join lateral (
      select 1 from metering.account a
      where a.bucket = p_bucket and a.customer_id = wanted.customer_id and a.meter = wanted.meter for update) locked;
end $$;
