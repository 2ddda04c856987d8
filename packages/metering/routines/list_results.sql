-- A customer's settled operations whose results are kept, newest first, of one procedure if one is named. Of the operations that
-- ended within the keeping time it looks at p_scan at most, so a page may hold less than it was asked for and still have a next
-- one: `next` is the last operation that it looked at. Times are UTC to the microsecond, so that they compare as texts.
create or replace function metering.list_results(
    p_bucket smallint, p_customer text, p_procedure text, p_limit integer, p_before_at timestamptz, p_before_id uuid,
    p_kept_ms bigint, p_scan integer)
  returns jsonb language plpgsql stable as $$
declare
  v_now timestamptz := metering.clock();
  v_from timestamptz := v_now - p_kept_ms * interval '1 millisecond';
  v_before_at timestamptz := coalesce(p_before_at, 'infinity');
  v_before_id uuid := coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  v_results uuid[];
  v_next jsonb;
begin
  perform metering.own_bucket(p_bucket);
  select coalesce(array_agg(x.operation_id), '{}') into v_results from (
    select s.operation_id from (
      select o.operation_id, o.ended_at, o.procedure,
        o.state = 'settled' and o.result is not null and o.result_expires_at > v_now
          -- A result that was charged before is in the list already, while that one is kept.
          and (o.charged_by is null or not exists (
            select 1 from metering.operation c
            where c.bucket = p_bucket and c.operation_id = o.charged_by and c.result is not null
              and c.result_expires_at > v_now)) as is_kept
      from metering.operation o
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
        and (o.ended_at, o.operation_id) < (v_before_at, v_before_id) and o.ended_at > v_from
      order by o.ended_at desc, o.operation_id desc limit p_scan) s
    where s.is_kept and (p_procedure is null or s.procedure = p_procedure)
    order by s.ended_at desc, s.operation_id desc limit p_limit) x;
  if cardinality(v_results) < p_limit then
    select jsonb_build_object('at', metering.micros_text(o.ended_at), 'id', o.operation_id) into v_next
    from metering.operation o
    where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1
      and (o.ended_at, o.operation_id) < (v_before_at, v_before_id) and o.ended_at > v_from
    order by o.ended_at desc, o.operation_id desc offset p_scan - 1 limit 1;
  end if;
  return jsonb_build_object('next', v_next, 'items', (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', o.operation_id, 'at', metering.micros_text(o.ended_at), 'procedure', o.procedure, 'startedAt', o.created_at,
        'keptUntil', o.result_expires_at, 'result', o.result,
        'charges', (
          select jsonb_agg(jsonb_build_object('meter', h.meter, 'amount', h.charged) order by h.meter)
          from metering.holds_of_operation(p_bucket, o.operation_id) h where h.charged > 0))
      order by o.ended_at desc, o.operation_id desc), '[]')
    from unnest(v_results) p(operation_id)
    cross join lateral (
      select o.operation_id, o.ended_at, o.procedure, o.created_at, o.result_expires_at, o.result from metering.operation o
      where o.bucket = p_bucket and o.operation_id = p.operation_id offset 0) o));
end $$;
