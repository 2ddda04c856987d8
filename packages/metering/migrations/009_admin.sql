-- What an operator may do by hand. Everything goes through the same locks and guards as a billed call.

-- Everything known of one operation, without its result or input.
create function metering.inspect_operation(p_operation text) returns jsonb
  language sql stable as $$
    select jsonb_build_object('customerId', o.customer_id, 'operationId', o.operation_id, 'procedure', o.procedure,
      'state', o.state, 'attempt', o.attempt, 'fence', o.fence, 'crashes', o.crashes, 'late', o.late, 'degraded', o.degraded,
      'subscriptionId', o.subscription_id, 'leaseUntil', o.lease_until, 'deadlineAt', o.deadline_at,
      'createdAt', o.created_at, 'startedAt', o.started_at, 'endedAt', o.ended_at,
      'resultBytes', octet_length(o.result), 'resultExpiresAt', o.result_expires_at,
      'holds', (select jsonb_agg(jsonb_build_object('meter', h.meter, 'state', h.state, 'amount', h.amount,
                  'progress', h.progress, 'charged', h.charged, 'overrun', h.overrun, 'balanceAfter', h.balance_after) order by h.meter)
                from metering.hold h where h.customer_id = o.customer_id and h.operation_id = o.operation_id),
      'usageEvents', (select jsonb_agg(jsonb_build_object('transactionId', e.transaction_id, 'meter', e.meter, 'amount', e.amount,
                  'state', e.state, 'sendings', e.sendings, 'refusals', e.refusals, 'nextAt', e.next_at, 'reason', e.reason) order by e.meter)
                from metering.usage_event e where e.customer_id = o.customer_id and e.operation_id = o.operation_id))
    from metering.operation o where o.operation_id = p_operation $$;

-- Gives the hold of a running operation back and fences its process off: whatever it still does is discarded.
create function metering.force_release(p_operation text) returns text
  language plpgsql as $$
declare
  o metering.operation;
begin
  perform metering.lock_operations(jsonb_build_array(jsonb_build_object('customerId', op.customer_id, 'operationId', op.operation_id)))
    from metering.operation op where op.operation_id = p_operation;
  select * into o from metering.operation where operation_id = p_operation;
  if not found then return 'unknown'; end if;
  if o.state <> 'executing' then return o.state; end if;
  perform metering.give_back(o);
  update metering.operation set state = 'voided', fence = fence + 1, ended_at = metering.clock()
    where customer_id = o.customer_id and operation_id = o.operation_id;
  return 'released';
end $$;

-- Sends quarantined events again: one by its transaction id, or all of them. Answers how many.
create function metering.replay_quarantined(p_transaction text) returns integer
  language sql as $$
    with replayed as (
      update metering.usage_event set state = 'pending', refusals = 0, next_at = metering.clock()
      where state = 'quarantined' and (p_transaction is null or transaction_id = p_transaction)
      returning 1)
    select count(*)::integer from replayed $$;

-- Takes an event that the backend never answers for off its way, so that its customer's balance can be read again. It stays
-- charged here; if the backend has it after all, it counts twice until it is replayed. Answers how many.
create function metering.set_aside(p_transaction text) returns integer
  language sql as $$
    with aside as (
      update metering.usage_event set state = 'quarantined', reason = 'set aside by hand: the backend did not say whether it has it'
      where state = 'pending' and transaction_id = p_transaction
      returning 1)
    select count(*)::integer from aside $$;
