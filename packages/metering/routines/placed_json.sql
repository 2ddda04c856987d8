create or replace function metering.placed_json(p_bucket smallint, p_operation uuid, p_policy jsonb, p_now timestamptz) returns jsonb
  language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('outcome', 'placed', 'operationId', o.operation_id, 'fence', o.fence, 'attempt', o.attempt,
      'takenOver', false,
      'holds', (select jsonb_object_agg(h.meter, h.held) from metering.holds_of_operation(p_bucket, p_operation) h),
      'due', metering.is_due(c.synced_at, c.doubtful, c.period_end, (p_policy->>'freshForMs')::bigint, p_now))
    from metering.operation o
    left join lateral (
      select c.synced_at, c.doubtful, c.period_end from metering.customer c
      where c.bucket = p_bucket and c.customer_id = o.customer_id offset 0) c on true
    where o.bucket = p_bucket and o.operation_id = p_operation);
end $$;
