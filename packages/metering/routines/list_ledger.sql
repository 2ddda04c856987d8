-- A customer's own ledger, newest first: one line per operation and meter by when it ended, what is running before that, and one
-- per change of a balance at the backend, if these are asked for. In this order every `balance_after` follows from the one of its meter below it,
-- however many operations ran at once. A balance says nothing where the plan sets no limit. Of one meter, some statuses or a time
-- span it looks at p_scan operations at most; where these end before the page is full, a last line of the kind `scanned` says where.
create or replace function metering.list_ledger(
    p_bucket smallint, p_customer text, p_limit integer, p_before_at timestamptz, p_before_id uuid, p_changes boolean,
    p_meter text default null, p_statuses text[] default null, p_from timestamptz default null,
    p_until timestamptz default null, p_scan integer default 2147483647)
  returns jsonb language plpgsql stable as $$
declare
  -- Nothing that has ended is above this instant and id.
  v_before_at timestamptz := coalesce(least(p_before_at, p_until), 'infinity');
  v_before_id uuid := case
    when p_until <= p_before_at or p_until is not null and p_before_at is null then '00000000-0000-0000-0000-000000000000'
    when p_before_at is not null then p_before_id
    else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end;
  v_from timestamptz := coalesce(p_from, '-infinity');
  v_running uuid[] := '{}';
  v_ended uuid[];
  v_changes uuid[];
  v_scanned jsonb;
begin
  perform metering.own_bucket(p_bucket);
  if p_before_at is null and p_until is null and (p_statuses is null or 'held' = any (p_statuses)) then
    select coalesce(array_agg(x.operation_id), '{}') into v_running from (
      select o.operation_id from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.ended_at is null
        and (p_before_id is null or o.operation_id < p_before_id)
        and (p_meter is null or o.meter = p_meter or o.further and exists (
          select 1 from metering.further_hold f
          where f.bucket = p_bucket and f.operation_id = o.operation_id and f.meter = p_meter))
      order by o.operation_id desc limit p_limit) x;
  end if;
  select coalesce(array_agg(x.operation_id), '{}') into v_ended from (
    select s.operation_id from (
      select o.operation_id, o.ended_at,
        (p_statuses is null or case o.state when 'settled' then 'charged' else 'released' end = any (p_statuses))
          and (p_meter is null or o.meter = p_meter or o.further and exists (
            select 1 from metering.further_hold f
            where f.bucket = p_bucket and f.operation_id = o.operation_id and f.meter = p_meter)) as is_shown
      from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
        and (o.ended_at, o.operation_id) < (v_before_at, v_before_id) and o.ended_at >= v_from
      order by o.ended_at desc, o.operation_id desc limit p_scan) s
    where s.is_shown order by s.ended_at desc, s.operation_id desc limit p_limit - cardinality(v_running)) x;
  if cardinality(v_running) + cardinality(v_ended) < p_limit then
    select jsonb_build_object('kind', 'scanned', 'at', o.ended_at, 'id', o.operation_id) into v_scanned
    from metering.operation o
    where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
      and (o.ended_at, o.operation_id) < (v_before_at, v_before_id) and o.ended_at >= v_from
    order by o.ended_at desc, o.operation_id desc offset p_scan - 1 limit 1;
  end if;
  select array_agg(x.change_id) into v_changes from (
    select c.change_id from metering.balance_change c
    where p_changes and c.bucket = p_bucket and c.customer_id = p_customer
      and (c.changed_at, c.change_id) < (v_before_at, v_before_id) and c.changed_at >= v_from
      and (p_meter is null or c.meter = p_meter) and (p_statuses is null or c.reason = any (p_statuses))
      -- What is older than the last operation looked at belongs to a later page.
      and (v_scanned is null or (c.changed_at, c.change_id) > ((v_scanned->>'at')::timestamptz, (v_scanned->>'id')::uuid))
    order by c.changed_at desc, c.change_id desc limit p_limit) x;
  return (
    select coalesce(jsonb_agg(x.line order by x.at desc, x.id desc, x.meter), '[]') || coalesce(v_scanned, '[]')
    from (
      select o.ended_at as at, o.operation_id as id, h.meter, jsonb_build_object(
        'kind', 'operation', 'id', o.operation_id, 'procedure', o.procedure, 'meter', h.meter, 'held', h.held,
        'charged', h.charged, 'state', case o.state when 'executing' then 'held' when 'settled' then 'charged' else 'released' end,
        'balanceAfter', case when not a.unlimited then h.balance_after end, 'startedAt', o.created_at, 'at', o.ended_at,
        'subjects', o.subjects) as line
      from unnest(v_running || v_ended) p(operation_id)
      cross join lateral (
        select o.operation_id, o.procedure, o.state, o.created_at, o.ended_at, o.subjects from metering.operation o
        where o.bucket = p_bucket and o.operation_id = p.operation_id offset 0) o
      cross join lateral metering.holds_of_operation(p_bucket, o.operation_id) h
      cross join lateral (
        select a.unlimited from metering.account a
        where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = h.meter offset 0) a
      where p_meter is null or h.meter = p_meter
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
