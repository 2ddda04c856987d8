-- Deletes what has aged out of the p_customers customers after p_after, in the order of their ids: operations that ended longer ago
-- than they are kept and changes of a balance as old, p_limit of both together at most. The keys of what was charged stay; what is
-- still undelivered stays, too. Answers how many rows there were and the customer to continue after, null at the end of a round.
-- It runs with the rights of its owner, because the role of metering can delete no operation.
create or replace function metering.age_operations(
    p_bucket smallint, p_after text, p_customers integer, p_limit integer, p_kept_ms bigint)
  returns jsonb language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_until timestamptz := metering.clock() - p_kept_ms * interval '1 millisecond';
  v_next text := p_after;
  v_visited text[] := '{}';
  v_customers text[] := '{}';
  v_aged_until timestamptz[] := '{}';
  v_operations uuid[] := '{}';
  v_changes uuid[];
  v_locked text[];
  v_left integer := p_limit;
  c record;
  o record;
begin
  perform metering.own_bucket(p_bucket);
  for c in
    select cu.customer_id from metering.customer cu
    where cu.bucket = p_bucket and cu.customer_id > p_after order by cu.customer_id limit p_customers
  loop
    select array_agg(x.operation_id) as ids, max(x.ended_at) as aged_until into o from (
      select op.operation_id, op.ended_at from metering.operation op
      where op.bucket = p_bucket and op.customer_id = c.customer_id and op.attempt >= 1 and op.ended_at <= v_until
        and op.result is null and (op.state = 'settled' or op.key = op.operation_id)
        and not exists (
          select 1 from metering.outbox e
          where e.bucket = p_bucket and e.customer_id = c.customer_id and e.operation_id = op.operation_id)
      order by op.ended_at, op.operation_id limit v_left) x;
    v_visited := v_visited || c.customer_id;
    if o.ids is not null then
      v_customers := v_customers || c.customer_id;
      v_aged_until := v_aged_until || o.aged_until;
      v_operations := v_operations || o.ids;
      v_left := p_limit - cardinality(v_operations);
      -- There may be more of this customer.
      exit when v_left = 0;
    end if;
    v_next := c.customer_id;
  end loop;

  -- A customer that is locked at this moment is being aged or synced; the next round comes back to it.
  select coalesce(array_agg(x.customer_id), '{}') into v_locked from (
    select cu.customer_id from metering.customer cu
    where cu.bucket = p_bucket and cu.customer_id = any (v_customers) for update skip locked) x;
  if cardinality(v_locked) < cardinality(v_customers) then
    select coalesce(array_agg(op.operation_id), '{}') into v_operations from metering.operation op
      where op.bucket = p_bucket and op.operation_id = any (v_operations) and op.customer_id = any (v_locked);
  end if;
  update metering.customer cu set aged_until = greatest(cu.aged_until, w.aged_until)
    from unnest(v_customers, v_aged_until) w(customer_id, aged_until)
    where cu.bucket = p_bucket and cu.customer_id = w.customer_id and cu.customer_id = any (v_locked);
  insert into metering.aged_key (bucket, key, operation_id)
    select op.bucket, k.key, op.operation_id from metering.operation op cross join lateral (values (op.key), (op.charge_key)) k(key)
    where op.bucket = p_bucket and op.operation_id = any (v_operations) and op.state = 'settled' and k.key is not null
    on conflict (bucket, key) do nothing;
  delete from metering.further_hold f where f.bucket = p_bucket and f.operation_id = any (v_operations);
  delete from metering.provider_cost pc where pc.bucket = p_bucket and pc.operation_id = any (v_operations);
  delete from metering.landed_transaction l where l.bucket = p_bucket and l.operation_id = any (v_operations);
  delete from metering.operation op where op.bucket = p_bucket and op.operation_id = any (v_operations);
  select coalesce(array_agg(x.change_id), '{}') into v_changes from (
    select b.change_id from metering.balance_change b
    where b.bucket = p_bucket and b.customer_id = any (v_visited) and b.changed_at <= v_until limit v_left) x;
  delete from metering.balance_change b where b.bucket = p_bucket and b.change_id = any (v_changes);
  return jsonb_build_object('aged', cardinality(v_operations) + cardinality(v_changes),
    'next', case when v_left = 0 or cardinality(v_visited) = p_customers then v_next end);
end $$;
