-- One operation of a customer by its id, with what it holds or was charged, and its result while that is kept.
create or replace function metering.read_receipt(p_bucket smallint, p_customer text, p_operation uuid) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select jsonb_build_object('operationId', o.operation_id, 'procedure', o.procedure, 'state', o.state, 'attempt', o.attempt,
      'startedAt', o.created_at, 'heldAt', o.started_at, 'endedAt', o.ended_at, 'chargedBy', o.charged_by, 'subjects', o.subjects,
      'charges', (
        select jsonb_agg(jsonb_build_object('meter', h.meter, 'held', h.held, 'charged', coalesce(h.charged, 0),
          'balanceAfter', case when not a.unlimited then h.balance_after end) order by h.meter)
        from metering.holds_of_operation(p_bucket, o.operation_id) h
        cross join lateral (
          select a.unlimited from metering.account a
          where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = h.meter offset 0) a),
      'keptUntil', case when o.result is not null then o.result_expires_at end,
      'result', case when o.result_expires_at > metering.clock() then o.result end)
    from metering.operation o
    where o.bucket = p_bucket and o.operation_id = p_operation and o.customer_id = p_customer);
end $$;
