-- A customer's own ledger, newest first: one line per operation and meter by when it ended, what is running before that, and one
-- per change of a balance at the backend, if these are asked for. In this order every `balance_after` follows from the one of its meter below it,
-- however many operations ran at once. A balance says nothing where the plan sets no limit.
create or replace function metering.list_ledger(
    p_bucket smallint, p_customer text, p_limit integer, p_before_at timestamptz, p_before_id uuid, p_changes boolean)
  returns jsonb language plpgsql stable as $$
declare
  v_operations uuid[];
  v_changes uuid[];
begin
  perform metering.own_bucket(p_bucket);
  if p_before_at is not null and p_before_id is not null then
    select array_agg(x.operation_id) into v_operations from (
      select o.operation_id from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
        and (o.ended_at, o.operation_id) < (p_before_at, p_before_id)
      order by o.ended_at desc, o.operation_id desc limit p_limit) x;
  else
    select array_agg(x.operation_id) into v_operations from (
      select o.operation_id from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
        and (p_before_id is null or o.ended_at is not null or o.operation_id < p_before_id)
      order by o.ended_at desc, o.operation_id desc limit p_limit) x;
  end if;
  select array_agg(x.change_id) into v_changes from (
    select c.change_id from metering.balance_change c
    where p_changes and c.bucket = p_bucket and c.customer_id = p_customer
      and (c.changed_at, c.change_id) < (coalesce(p_before_at, 'infinity'), coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    order by c.changed_at desc, c.change_id desc limit p_limit) x;
  return (
    select coalesce(jsonb_agg(x.line order by x.at desc, x.id desc, x.meter), '[]')
    from (
      select o.ended_at as at, o.operation_id as id, h.meter, jsonb_build_object(
        'kind', 'operation', 'id', o.operation_id, 'procedure', o.procedure, 'meter', h.meter, 'held', h.held,
        'charged', h.charged, 'state', case o.state when 'executing' then 'held' when 'settled' then 'charged' else 'released' end,
        'balanceAfter', case when not a.unlimited then h.balance_after end, 'startedAt', o.created_at, 'at', o.ended_at) as line
      from unnest(v_operations) p(operation_id)
      cross join lateral (
        select o.operation_id, o.procedure, o.state, o.created_at, o.ended_at from metering.operation o
        where o.bucket = p_bucket and o.operation_id = p.operation_id offset 0) o
      cross join lateral metering.holds_of_operation(p_bucket, o.operation_id) h
      cross join lateral (
        select a.unlimited from metering.account a
        where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = h.meter offset 0) a
      union all
      select c.changed_at, c.change_id, c.meter, jsonb_build_object(
        'kind', 'change', 'id', c.change_id, 'reason', c.reason, 'name', c.name, 'meter', c.meter, 'amount', c.amount,
        'balanceAfter', case when not a.unlimited then c.balance_after end, 'at', c.changed_at)
      from unnest(v_changes) p(change_id)
      cross join lateral (
        select c.change_id, c.reason, c.name, c.meter, c.amount, c.balance_after, c.changed_at from metering.balance_change c
        where c.bucket = p_bucket and c.change_id = p.change_id offset 0) c
      cross join lateral (
        select a.unlimited from metering.account a
        where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = c.meter offset 0) a) x);
end $$;
