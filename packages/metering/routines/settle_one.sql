-- Settles one operation; its accounts are locked.
create or replace function metering.settle_one(p_bucket smallint, p_element jsonb, p_result text, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  o metering.operation%rowtype;
  v_fence integer := (p_element->>'fence')::integer;
  v_late boolean;
begin
  select * into o from metering.operation op
    where op.bucket = p_bucket and op.operation_id = (p_element->>'operationId')::uuid
      and op.customer_id = p_element->>'customerId' for update;
  if o.state = 'settled' and (o.fence = v_fence or (o.late and o.fence = v_fence + 1)) then
    return metering.ended_json(p_bucket, o.customer_id, o.operation_id, p_now)
      || jsonb_build_object('outcome', 'settled', 'at', o.ended_at, 'late', o.late);
  end if;
  -- Once its key was forgotten, a retry could not find the result, and another operation may have been charged under the key.
  v_late := o.state = 'expired' and o.fence = v_fence + 1 and o.key <> o.operation_id;
  if v_late is not true and (o.state = 'executing' and o.fence = v_fence) is not true then
    return jsonb_build_object('outcome', 'lost');
  end if;
  if v_late and not metering.hold_again(p_bucket, o.operation_id, p_element->'amounts', p_now) then
    return jsonb_build_object('outcome', 'hold_expired');
  end if;
  perform metering.charge_operation(p_bucket, o.operation_id, coalesce(p_element->'amounts', '{}'), p_result,
    (p_element->>'resultKeptMs')::bigint, v_late, 0, p_now);
  return metering.ended_json(p_bucket, o.customer_id, o.operation_id, p_now)
    || jsonb_build_object('outcome', 'settled', 'at', p_now, 'late', v_late);
end $$;
