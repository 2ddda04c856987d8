-- Ends operations whose lease and grace have passed; any replica may run it at any time. Answers what became of each.
create function metering.sweep(p_limit integer, p_grace_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_lapsed jsonb;
  v_answers jsonb := '[]';
  o metering.operation;
begin
  select coalesce(jsonb_agg(jsonb_build_object('customerId', customer_id, 'operationId', operation_id)), '[]') into v_lapsed
    from (select customer_id, operation_id from metering.operation
          where state = 'executing' and lease_until < metering.after_ms(v_now, -p_grace_ms)
          order by lease_until limit p_limit) lapsed;
  if v_lapsed = '[]' then return v_lapsed; end if;
  perform metering.lock_operations(v_lapsed);
  -- A beat or a settle may have come first while we waited for the locks.
  for o in select op.* from metering.operation op join jsonb_array_elements(v_lapsed) l
      on op.customer_id = l->>'customerId' and op.operation_id = l->>'operationId'
    where op.state = 'executing' and op.lease_until < metering.after_ms(v_now, -p_grace_ms)
    order by op.customer_id, op.operation_id
  loop
    v_answers := v_answers || jsonb_build_object('customerId', o.customer_id, 'operationId', o.operation_id,
      'procedure', o.procedure, 'became', metering.expire(o, v_now));
  end loop;
  return v_answers;
end $$;

-- Forgets what is past its keeping time: results first, keys later. Rows stay, as they are the customer's own ledger.
create function metering.forget(p_limit integer, p_key_kept_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_results bigint;
  v_keys bigint;
begin
  update metering.operation o set result = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where result is not null and result_expires_at <= v_now limit p_limit for update skip locked);
  get diagnostics v_results = row_count;
  update metering.operation o set key_hash = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where key_hash is not null and state <> 'executing'
        and created_at <= metering.after_ms(v_now, -p_key_kept_ms) limit p_limit for update skip locked);
  get diagnostics v_keys = row_count;
  return jsonb_build_object('results', v_results, 'keys', v_keys);
end $$;

-- A customer's own ledger, newest first, one line per operation and meter.
create function metering.read_activity(p_customer text, p_limit integer, p_before_at timestamptz, p_before_id text) returns jsonb
  language sql as $$
    with page as (
      select * from metering.operation o
      where o.customer_id = p_customer and o.attempt >= 1
        and (p_before_at is null or (o.created_at, o.operation_id) < (p_before_at, p_before_id))
      order by o.created_at desc, o.operation_id desc limit p_limit)
    select coalesce(jsonb_agg(jsonb_build_object(
        'operationId', o.operation_id, 'procedure', o.procedure, 'meter', h.meter, 'state', h.state, 'held', h.amount,
        'charged', h.charged, 'balanceAfter', h.balance_after, 'startedAt', o.created_at, 'endedAt', o.ended_at)
      order by o.created_at desc, o.operation_id desc, h.meter), '[]')
    from page o join metering.hold h using (customer_id, operation_id) $$;

create function metering.read_operation(p_customer text, p_key_hash text, p_procedure text) returns jsonb
  language sql as $$
    select jsonb_build_object('operationId', o.operation_id, 'procedure', o.procedure, 'state', o.state, 'attempt', o.attempt,
      'fence', o.fence, 'late', o.late, 'degraded', o.degraded, 'leaseUntil', o.lease_until, 'crashes', o.crashes,
      'startedAt', o.created_at, 'endedAt', o.ended_at,
      'charges', (select jsonb_agg(jsonb_build_object('meter', h.meter, 'held', h.amount, 'charged', coalesce(h.charged, 0)) order by h.meter)
                  from metering.hold h where h.customer_id = o.customer_id and h.operation_id = o.operation_id))
    from metering.operation o
    where o.customer_id = p_customer and o.key_hash = p_key_hash and (p_procedure is null or o.procedure = p_procedure)
    order by o.created_at desc limit 1 $$;
