-- Settles many operations in one round trip; one answer per element, in order. Calling it again with the same element
-- answers the same, so an unknown commit is read back by asking once more.
-- An element: { customerId, operationId, fence, amounts: { meter: used }, resultKeptMs }; its result is p_results[n].
create function metering.settle_operations(p_elements jsonb, p_results text[]) returns jsonb
  language plpgsql as $$
declare
  v_answers jsonb;
  v_now timestamptz;
begin
  perform metering.lock_operations(p_elements);
  v_now := metering.clock();
  v_answers := metering.settle_together(p_elements, p_results, v_now);
  return (
    select jsonb_agg(coalesce(v_answers->e.n::text, metering.settle_one(e.element, p_results[e.n], v_now)) order by e.n)
    from jsonb_array_elements(p_elements) with ordinality as e(element, n));
end $$;

create function metering.settle_one(p_element jsonb, p_result text, p_now timestamptz) returns jsonb
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
  v_late := o.state = 'expired' and o.fence = v_fence + 1;
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

-- A finisher that was late gets its funds again, or not at all.
create function metering.hold_again(o metering.operation, p_amounts jsonb) returns boolean
  language plpgsql as $$
begin
  if exists (
    select 1 from metering.hold h join metering.account a using (customer_id, meter)
    where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.state = 'released'
      and (metering.cap_room(a) < greatest(h.amount, coalesce((p_amounts->>h.meter)::bigint, 0))
        or not a.unlimited and not a.soft_limit
          and a.synced_balance - a.unsynced - a.held < greatest(h.amount, coalesce((p_amounts->>h.meter)::bigint, 0))))
  then
    return false;
  end if;
  update metering.account a set held = a.held + h.amount
    from metering.hold h
    where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.state = 'released'
      and a.customer_id = h.customer_id and a.meter = h.meter;
  update metering.hold set state = 'held'
    where customer_id = o.customer_id and operation_id = o.operation_id and state = 'released';
  return true;
end $$;

create function metering.settled_json(o metering.operation, p_now timestamptz) returns jsonb
  language sql as $$
    select jsonb_build_object('outcome', 'settled', 'at', o.ended_at, 'late', o.late, 'asOf', p_now,
      'charges', metering.charges_of_operation(o.customer_id, o.operation_id),
      'accounts', metering.accounts_of_operation(o.customer_id, o.operation_id),
      'overrun', (select coalesce(sum(h.overrun), 0) from metering.hold h
                  where h.customer_id = o.customer_id and h.operation_id = o.operation_id)) $$;

-- Gives the holds of many operations back; elements { customerId, operationId, fence }, one answer each, repeatable.
create function metering.release_operations(p_elements jsonb) returns jsonb
  language plpgsql as $$
declare
  v_answers jsonb := '[]';
  v_element jsonb;
  o metering.operation;
  v_now timestamptz;
begin
  perform metering.lock_operations(p_elements);
  v_now := metering.clock();
  for v_element in select value from jsonb_array_elements(p_elements) loop
    select * into o from metering.operation
      where customer_id = v_element->>'customerId' and operation_id = v_element->>'operationId';
    if o.fence = (v_element->>'fence')::bigint and o.state = 'executing' then
      perform metering.give_back(o);
      update metering.operation set state = 'voided', ended_at = v_now
        where customer_id = o.customer_id and operation_id = o.operation_id;
      o.state := 'voided';
    end if;
    v_answers := v_answers || jsonb_build_object('outcome',
      case when o.fence = (v_element->>'fence')::bigint and o.state = 'voided' then 'released' else 'lost' end,
      'accounts', metering.accounts_of_operation(o.customer_id, o.operation_id), 'asOf', v_now);
  end loop;
  return v_answers;
end $$;

-- Keeps running operations alive; elements { customerId, operationId, fence, leaseMs }. Returns the ids that still are.
create function metering.beat_operations(p_elements jsonb) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz;
  v_alive jsonb;
begin
  perform 1 from metering.operation o
    where (o.customer_id, o.operation_id) in (
      select e->>'customerId', e->>'operationId' from jsonb_array_elements(p_elements) e)
    order by o.customer_id, o.operation_id for update;
  v_now := metering.clock();
  with alive as (
    update metering.operation o
    set lease_until = least(o.deadline_at, metering.after_ms(v_now, (e->>'leaseMs')::bigint))
    from jsonb_array_elements(p_elements) e
    where o.customer_id = e->>'customerId' and o.operation_id = e->>'operationId'
      and o.state = 'executing' and o.fence = (e->>'fence')::bigint
    returning o.operation_id)
  select coalesce(jsonb_agg(operation_id), '[]') into v_alive from alive;
  return v_alive;
end $$;

-- Persists what of a stream has surely reached the caller; amounts { meter: total }. Answers whether the stream still holds.
create function metering.mark_progress(p_customer text, p_operation text, p_fence bigint, p_lease_ms bigint, p_amounts jsonb)
  returns boolean language plpgsql as $$
begin
  update metering.operation
    set lease_until = least(deadline_at, metering.after_ms(metering.clock(), p_lease_ms))
    where customer_id = p_customer and operation_id = p_operation and state = 'executing' and fence = p_fence;
  if not found then return false; end if;
  update metering.hold h
    set progress = greatest(h.progress, (p_amounts->>h.meter)::bigint)
    where h.customer_id = p_customer and h.operation_id = p_operation and p_amounts ? h.meter;
  return true;
end $$;

-- Sees to it that a running operation holds p_target of a meter; answers 'extended', 'insufficient' or 'lost'. Repeatable.
create function metering.extend_hold(p_customer text, p_operation text, p_fence bigint, p_meter text, p_target bigint)
  returns text language plpgsql as $$
declare
  a metering.account;
  v_more bigint;
begin
  select * into a from metering.account where customer_id = p_customer and meter = p_meter for update;
  perform 1 from metering.operation
    where customer_id = p_customer and operation_id = p_operation and state = 'executing' and fence = p_fence for update;
  if not found then return 'lost'; end if;
  select p_target - amount into v_more from metering.hold
    where customer_id = p_customer and operation_id = p_operation and meter = p_meter and state = 'held';
  if not found then return 'lost'; end if;
  if v_more <= 0 then return 'extended'; end if;
  if metering.cap_room(a) < v_more
     or a.synced_balance - a.unsynced - a.held < v_more and not a.unlimited and not a.soft_limit then
    return 'insufficient';
  end if;
  update metering.account set held = held + v_more where customer_id = p_customer and meter = p_meter;
  update metering.hold set amount = p_target
    where customer_id = p_customer and operation_id = p_operation and meter = p_meter;
  return 'extended';
end $$;
