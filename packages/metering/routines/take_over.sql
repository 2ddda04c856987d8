-- The lease of an attempt has run out: the next call with its key continues with its hold. What a stream had already
-- delivered is charged instead, because the rest of it cannot be delivered.
create or replace function metering.take_over(
    p_bucket smallint, p_operation uuid, p_call jsonb, p_policy jsonb, p_now timestamptz)
  returns jsonb language plpgsql as $$
declare
  o metering.operation%rowtype;
begin
  select * into strict o from metering.operation op where op.bucket = p_bucket and op.operation_id = p_operation;
  if exists (select 1 from metering.holds_of_operation(p_bucket, p_operation) h where h.progress > 0) then
    perform metering.expire_operation(p_bucket, p_operation, p_now);
    return jsonb_build_object('outcome', 'result_gone', 'operationId', p_operation);
  end if;
  if o.crashes + 1 >= (p_policy->>'attemptsMax')::integer then
    perform metering.release_hold(p_bucket, o.customer_id, p_operation);
    update metering.operation op
      set state = 'voided', fence = op.fence + 1, crashes = op.crashes + 1, ended_at = p_now
      where op.bucket = p_bucket and op.operation_id = p_operation;
    return jsonb_build_object('outcome', 'poisoned', 'operationId', p_operation);
  end if;
  update metering.operation op
    set attempt = op.attempt + 1, fence = op.fence + 1, crashes = op.crashes + 1,
        attempt_token = (p_call->>'operationId')::uuid,
        lease_until = metering.after_ms(p_now, (p_call->>'leaseMs')::bigint),
        deadline_at = metering.after_ms(p_now, (p_call->>'deadlineMs')::bigint)
    where op.bucket = p_bucket and op.operation_id = p_operation;
  return metering.placed_json(p_bucket, p_operation, p_policy, p_now) || '{"takenOver": true}';
end $$;
