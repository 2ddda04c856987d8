-- A key is kept for its time from when its operation ended, not from when it began: what ended in the 29th day would be
-- forgotten in the 30th, and a retry would be charged again.
drop index metering.operation_key_age;
create index operation_key_age on metering.operation (ended_at) where key_hash is not null;

create or replace function metering.forget(p_limit integer, p_key_kept_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_results bigint;
  v_keys bigint;
begin
  update metering.operation o set result = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where result is not null and result_expires_at <= v_now order by result_expires_at, operation_id limit p_limit for update skip locked);
  get diagnostics v_results = row_count;
  update metering.operation o set key_hash = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where key_hash is not null and state <> 'executing'
        and ended_at <= metering.after_ms(v_now, -p_key_kept_ms)
      order by ended_at, operation_id limit p_limit for update skip locked);
  get diagnostics v_keys = row_count;
  return jsonb_build_object('results', v_results, 'keys', v_keys);
end $$;

create or replace function metering.settle_one(p_element jsonb, p_result text, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  o metering.operation;
  v_fence bigint := (p_element->>'fence')::bigint;
  v_late boolean;
begin
  select * into o from metering.operation
    where customer_id = p_element->>'customerId' and operation_id = p_element->>'operationId';
  if o.state = 'settled' and (o.fence = v_fence or (o.late and o.fence = v_fence + 1)) then
    return metering.settled_json(o, p_now);
  end if;
  -- Without its key a retry could not find the result, and would be charged again.
  v_late := o.state = 'expired' and o.fence = v_fence + 1 and o.key_hash is not null;
  if v_late is not true and (o.state = 'executing' and o.fence = v_fence) is not true then
    return jsonb_build_object('outcome', 'lost');
  end if;
  if v_late and not metering.hold_again(o, p_element->'amounts') then
    return jsonb_build_object('outcome', 'hold_expired');
  end if;
  perform metering.charge(o, coalesce(p_element->'amounts', '{}'), p_now);
  update metering.operation
    set state = 'settled', ended_at = p_now, late = v_late, result = p_result,
        result_expires_at = metering.after_ms(p_now, (p_element->>'resultKeptMs')::bigint)
    where customer_id = o.customer_id and operation_id = o.operation_id
    returning * into o;
  return metering.settled_json(o, p_now);
end $$;
