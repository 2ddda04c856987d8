-- Settles one operation; its accounts are locked. With a charge key, nothing is charged when another operation was charged under it.
-- What its work cost at providers is stored whatever becomes of the charge.
create or replace function metering.settle_one(p_bucket smallint, p_element jsonb, p_result text, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  o metering.operation%rowtype;
  v_fence integer := (p_element->>'fence')::integer;
  v_amounts jsonb := coalesce(p_element->'amounts', '{}');
  v_charge_key uuid := (p_element->>'chargeKey')::uuid;
  v_late boolean;
begin
  select * into o from metering.operation op
    where op.bucket = p_bucket and op.operation_id = (p_element->>'operationId')::uuid
      and op.customer_id = p_element->>'customerId' for update;
  if found and p_element ? 'costs' then
    perform metering.store_provider_costs(p_bucket, array[o.operation_id], array[v_fence], array[p_element->'costs']);
  end if;
  if o.state = 'settled' and (o.fence = v_fence or (o.late and o.fence = v_fence + 1)) then
    return metering.ended_json(p_bucket, o.customer_id, o.operation_id, p_now)
      || jsonb_build_object('outcome', 'settled', 'at', o.ended_at, 'late', o.late, 'chargedBy', o.charged_by);
  end if;
  -- Once its key was purged, a retry could not find the result, and another operation may have been charged under the key.
  v_late := o.state = 'expired' and o.fence = v_fence + 1 and o.key <> o.operation_id;
  if v_late is not true and (o.state = 'executing' and o.fence = v_fence) is not true then
    return jsonb_build_object('outcome', 'lost');
  end if;
  if v_late and not metering.reacquire_hold(p_bucket, o.operation_id, v_amounts, p_now) then
    return jsonb_build_object('outcome', 'hold_expired');
  end if;
  if v_charge_key is not null then
    select op.operation_id into o.charged_by from metering.operation op
      where op.bucket = p_bucket and op.charge_key = v_charge_key;
    if o.charged_by is null then
      select k.operation_id into o.charged_by from metering.aged_key k where k.bucket = p_bucket and k.key = v_charge_key;
    end if;
  end if;
  if o.charged_by is not null then
    select jsonb_object_agg(h.meter, 0) into v_amounts from metering.holds_of_operation(p_bucket, o.operation_id) h;
  end if;
  perform metering.charge_operation(p_bucket, o.operation_id, v_amounts, p_result, (p_element->>'resultKeptMs')::bigint, v_late, 0,
    p_now);
  if v_charge_key is not null then
    perform metering.record_charge_key(p_bucket, o.operation_id, v_charge_key, o.charged_by);
  end if;
  return metering.ended_json(p_bucket, o.customer_id, o.operation_id, p_now)
    || jsonb_build_object('outcome', 'settled', 'at', p_now, 'late', v_late, 'chargedBy', o.charged_by);
end $$;
