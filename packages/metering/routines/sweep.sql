-- Ends operations whose lease and grace have passed; any replica may run it at any time. Answers what became of each.
create or replace function metering.sweep(p_bucket smallint, p_limit integer, p_grace_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_overdue timestamptz := v_now - p_grace_ms * interval '1 millisecond';
  v_found jsonb;
  v_answers jsonb := '[]';
  o record;
begin
  perform metering.own_bucket(p_bucket);
  select coalesce(jsonb_agg(jsonb_build_object('customerId', x.customer_id, 'operationId', x.operation_id)), '[]') into v_found
    from (select op.customer_id, op.operation_id from metering.operation op
          where op.bucket = p_bucket and op.state = 'executing' and op.lease_until < v_overdue
          order by op.lease_until, op.operation_id limit p_limit) x;
  if v_found = '[]' then return v_found; end if;
  perform metering.lock_accounts(p_bucket, v_found);
  -- A heartbeat or a settle may have come first while the locks were awaited.
  for o in
    select op.customer_id, op.operation_id, op.procedure
    from jsonb_array_elements(v_found) with ordinality f(value, n)
    cross join lateral (
      select op.customer_id, op.operation_id, op.procedure from metering.operation op
      where op.bucket = p_bucket and op.operation_id = (f.value->>'operationId')::uuid
        and op.ended_at is null and op.lease_until < v_overdue for update) op
    order by f.n
  loop
    v_answers := v_answers || jsonb_build_object('customerId', o.customer_id, 'operationId', o.operation_id,
      'procedure', o.procedure, 'became', metering.expire_operation(p_bucket, o.operation_id, v_now));
    v_now := v_now + interval '1 microsecond';
  end loop;
  return v_answers;
end $$;
