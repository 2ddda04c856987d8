-- A customer's own ledger, newest first by when it ended, one line per operation and meter; what is running comes first. In
-- this order every `balance_after` follows from the one below it, however many operations ran at once.
create or replace function metering.read_activity(
    p_bucket smallint, p_customer text, p_limit integer, p_before_at timestamptz, p_before_id uuid)
  returns jsonb language plpgsql stable as $$
declare
  v_page uuid[];
begin
  perform metering.own_bucket(p_bucket);
  if p_before_id is not null and p_before_at is not null then
    select array_agg(x.operation_id) into v_page from (
      select o.operation_id from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
        and (o.ended_at, o.operation_id) < (p_before_at, p_before_id)
      order by o.ended_at desc, o.operation_id desc limit p_limit) x;
  else
    select array_agg(x.operation_id) into v_page from (
      select o.operation_id from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
        and (p_before_id is null or o.ended_at is not null or o.operation_id < p_before_id)
      order by o.ended_at desc, o.operation_id desc limit p_limit) x;
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'operationId', o.operation_id, 'procedure', o.procedure, 'meter', h.meter, 'held', h.held, 'charged', h.charged,
        'state', case o.state when 'executing' then 'held' when 'settled' then 'charged' else 'released' end,
        'balanceAfter', h.balance_after, 'startedAt', o.created_at, 'endedAt', o.ended_at)
      order by o.ended_at desc, o.operation_id desc, h.meter), '[]')
    from unnest(v_page) p(operation_id)
    cross join lateral (
      select o.operation_id, o.procedure, o.state, o.created_at, o.ended_at from metering.operation o
      where o.bucket = p_bucket and o.operation_id = p.operation_id offset 0) o
    cross join lateral metering.holds_of_operation(p_bucket, o.operation_id) h);
end $$;
