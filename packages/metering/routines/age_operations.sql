-- Deletes what has aged out of the p_customers customers after p_after, in the order of their ids: operations that ended longer ago
-- than they are kept and changes of a balance as old, p_limit of both together at most. The keys of what was charged stay; what is
-- still undelivered stays, too. Answers how many rows there were and the customer to continue after, null at the end of a round.
-- It runs with the rights of its owner, because the role of metering can delete no operation.
create or replace function metering.age_operations(
    p_bucket smallint, p_after text, p_customers integer, p_limit integer, p_kept_ms bigint)
  returns jsonb language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_until timestamptz := metering.clock() - p_kept_ms * interval '1 millisecond';
  v_left integer := p_limit;
  v_visited integer := 0;
  v_last text := p_after;
  v_operations uuid[];
  v_changes uuid[];
  v_aged_until timestamptz;
  c record;
begin
  perform metering.own_bucket(p_bucket);
  for c in
    select cu.customer_id from metering.customer cu
    where cu.bucket = p_bucket and cu.customer_id > p_after order by cu.customer_id limit p_customers
  loop
    select coalesce(array_agg(x.operation_id), '{}'), max(x.ended_at) into v_operations, v_aged_until from (
      select o.operation_id, o.ended_at from metering.operation o
      where o.bucket = p_bucket and o.customer_id = c.customer_id and o.attempt >= 1 and o.ended_at <= v_until
        and o.result is null and (o.state = 'settled' or o.key = o.operation_id)
        and not exists (
          select 1 from metering.outbox e
          where e.bucket = p_bucket and e.customer_id = c.customer_id and e.operation_id = o.operation_id)
      order by o.ended_at, o.operation_id limit v_left) x;
    select coalesce(array_agg(x.change_id), '{}'), greatest(v_aged_until, max(x.changed_at)) into v_changes, v_aged_until from (
      select b.change_id, b.changed_at from metering.balance_change b
      where b.bucket = p_bucket and b.customer_id = c.customer_id and b.changed_at <= v_until
      order by b.changed_at, b.change_id limit v_left - cardinality(v_operations)) x;
    if v_aged_until is not null then
      -- Whoever has the customer at this moment ages or syncs it; the next round comes back.
      perform 1 from metering.customer cu
        where cu.bucket = p_bucket and cu.customer_id = c.customer_id for update skip locked;
      if found then
        update metering.customer cu set aged_until = greatest(cu.aged_until, v_aged_until)
          where cu.bucket = p_bucket and cu.customer_id = c.customer_id;
        insert into metering.aged_key (bucket, key, operation_id)
          select o.bucket, k.key, o.operation_id from metering.operation o cross join lateral (values (o.key), (o.charge_key)) k(key)
          where o.bucket = p_bucket and o.operation_id = any (v_operations) and o.state = 'settled' and k.key is not null
          on conflict (bucket, key) do nothing;
        delete from metering.further_hold f where f.bucket = p_bucket and f.operation_id = any (v_operations);
        delete from metering.landed_transaction l where l.bucket = p_bucket and l.operation_id = any (v_operations);
        delete from metering.operation o where o.bucket = p_bucket and o.operation_id = any (v_operations);
        delete from metering.balance_change b where b.bucket = p_bucket and b.change_id = any (v_changes);
        v_left := v_left - cardinality(v_operations) - cardinality(v_changes);
        -- There may be more of this customer.
        if v_left <= 0 then return jsonb_build_object('aged', p_limit, 'next', v_last); end if;
      end if;
    end if;
    v_visited := v_visited + 1;
    v_last := c.customer_id;
  end loop;
  return jsonb_build_object('aged', p_limit - v_left, 'next', case when v_visited = p_customers then v_last end);
end $$;
