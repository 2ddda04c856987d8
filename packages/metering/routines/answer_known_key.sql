-- What a key that was seen before is answered with; null when it may be executed again.
create or replace function metering.answer_known_key(
    p_bucket smallint, p_operation uuid, p_call jsonb, p_policy jsonb, p_now timestamptz)
  returns jsonb language plpgsql as $$
declare
  o metering.operation%rowtype;
begin
  select * into strict o from metering.operation op where op.bucket = p_bucket and op.operation_id = p_operation;
  if o.fingerprint <> (p_call->>'fingerprint')::uuid then
    return jsonb_build_object('outcome', 'key_reused', 'firstSeenAt', o.created_at);
  end if;
  if o.state = 'executing' and coalesce(o.attempt_token, o.operation_id) = (p_call->>'operationId')::uuid then
    return metering.placed_json(p_bucket, o.operation_id, p_policy, p_now);
  end if;
  if o.state = 'executing' and o.lease_until >= p_now then
    return jsonb_build_object('outcome', 'in_progress');
  end if;
  if o.state = 'executing' then return metering.take_over(p_bucket, o.operation_id, p_call, p_policy, p_now); end if;
  if o.state = 'settled' and (o.result is null or o.result_expires_at <= p_now) then
    return jsonb_build_object('outcome', 'result_gone', 'operationId', o.operation_id);
  end if;
  if o.state = 'settled' then
    return metering.ended_json(p_bucket, o.customer_id, o.operation_id, p_now)
      || jsonb_build_object('outcome', 'replay', 'operationId', o.operation_id, 'result', o.result, 'at', o.ended_at,
        'chargedBy', o.charged_by);
  end if;
  if o.crashes >= (p_policy->>'attemptsMax')::integer then
    return jsonb_build_object('outcome', 'poisoned', 'operationId', o.operation_id);
  end if;
  return null;
end $$;
