-- Operations that have been running since before an instant, the longest first: holds that may be stuck. There are never more than
-- calls in flight, and those whose process died until the next sweep.
create or replace function metering.list_running(p_bucket smallint, p_started_before timestamptz, p_limit integer) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('operationId', x.operation_id, 'customerId', x.customer_id,
      'procedure', x.procedure, 'meter', x.meter, 'held', x.held, 'attempt', x.attempt, 'startedAt', x.started_at,
      'leaseUntil', x.lease_until, 'deadlineAt', x.deadline_at) order by x.started_at, x.operation_id), '[]')
    from (
      select * from metering.operation o
      where o.bucket = p_bucket and o.state = 'executing' and o.started_at < p_started_before
      order by o.started_at, o.operation_id limit p_limit) x);
end $$;
