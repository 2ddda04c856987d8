-- Small pieces the phases share. Locks are always taken in this order, so that no two batches wait for each other:
-- customer, account (customer_id, meter), operation (customer_id, operation_id), hold, usage_event.

create function metering.after_ms(p_from timestamptz, p_ms bigint) returns timestamptz
  language sql immutable parallel safe
  as $$ select p_from + p_ms * interval '1 millisecond' $$;

-- Whether the backend should be asked again: the knowledge is old, doubtful, or from a period that has ended.
create function metering.is_due(c metering.customer, p_fresh_ms bigint, p_now timestamptz) returns boolean
  language sql stable as $$
    select c.synced_at is null or c.doubtful or metering.after_ms(c.synced_at, p_fresh_ms) <= p_now
      or (c.period_end is not null and c.period_end <= p_now and c.synced_at < c.period_end) $$;

create function metering.this_month() returns date
  language sql volatile
  as $$ select date_trunc('month', metering.clock() at time zone 'UTC')::date $$;

create function metering.next_month() returns timestamptz
  language sql volatile
  as $$ select (metering.this_month() + interval '1 month') at time zone 'UTC' $$;

-- What may still be set aside this month; null without a cap, and a comparison with null refuses nobody.
create function metering.cap_room(a metering.account) returns bigint
  language plpgsql volatile as $$
begin
  if a.spend_cap is null then return null; end if;
  return greatest(0, a.spend_cap - a.held - case when a.spent_month = metering.this_month() then a.spent else 0 end);
end $$;

-- One account as the answer to a caller carries it.
create function metering.account_json(a metering.account) returns jsonb
  language sql stable parallel safe
  as $$ select jsonb_build_object(
    'meter', a.meter, 'syncedBalance', a.synced_balance, 'unsynced', a.unsynced, 'held', a.held, 'granted', a.granted,
    'unlimited', a.unlimited, 'softLimit', a.soft_limit, 'version', a.version) $$;

create function metering.accounts_of_operation(p_customer text, p_operation text) returns jsonb
  language sql stable
  as $$ select coalesce(jsonb_agg(metering.account_json(a) order by a.meter), '[]')
        from metering.hold h join metering.account a using (customer_id, meter)
        where h.customer_id = p_customer and h.operation_id = p_operation $$;

create function metering.charges_of_operation(p_customer text, p_operation text) returns jsonb
  language sql stable
  as $$ select coalesce(jsonb_agg(jsonb_build_object('meter', h.meter, 'amount', h.charged) order by h.meter), '[]')
        from metering.hold h
        where h.customer_id = p_customer and h.operation_id = p_operation and h.state = 'charged' $$;

-- Locks every account that these operations hold from, then the operations, each in the global order.
create function metering.lock_operations(p_elements jsonb) returns void
  language plpgsql as $$
begin
  -- A lateral query can only look one row up: joined, a plan made while the table was small would go on reading all of it.
  perform 1
    from (select distinct h.customer_id, h.meter
          from jsonb_array_elements(p_elements) e
          cross join lateral (
            select h.customer_id, h.meter from metering.hold h
            where h.customer_id = e->>'customerId' and h.operation_id = e->>'operationId' offset 0) h
          order by 1, 2) wanted
    cross join lateral (
      select 1 from metering.account a
      where a.customer_id = wanted.customer_id and a.meter = wanted.meter for update) locked;
  perform 1
    from (select distinct e->>'customerId' as customer_id, e->>'operationId' as operation_id
          from jsonb_array_elements(p_elements) e order by 1, 2) wanted
    cross join lateral (
      select 1 from metering.operation o
      where o.customer_id = wanted.customer_id and o.operation_id = wanted.operation_id for update) locked;
end $$;

-- Gives the holds of one operation back; its accounts and itself are locked.
create function metering.give_back(o metering.operation) returns void
  language plpgsql as $$
begin
  update metering.account a
    set held = a.held - h.amount,
        degraded = case when o.degraded then greatest(0, a.degraded - h.amount) else a.degraded end
    from metering.hold h
    where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.state = 'held'
      and a.customer_id = h.customer_id and a.meter = h.meter;
  update metering.hold h set state = 'released'
    where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.state = 'held';
end $$;

-- Turns the holds of one operation into charges and usage events; its accounts and itself are locked.
-- `p_amounts` maps a meter to what was used; a meter that is not in it costs what was held.
create function metering.charge(o metering.operation, p_amounts jsonb, p_now timestamptz) returns void
  language plpgsql as $$
declare
  h metering.hold;
  a metering.account;
  v_used bigint;
  v_charged bigint;
begin
  for h in select * from metering.hold
    where customer_id = o.customer_id and operation_id = o.operation_id and state = 'held' order by meter
  loop
    select * into strict a from metering.account where customer_id = o.customer_id and meter = h.meter;
    v_used := coalesce((p_amounts->>h.meter)::bigint, h.amount);
    v_charged := v_used;
    if v_used > h.amount and (metering.cap_room(a) < v_used - h.amount
       or not (a.unlimited or a.soft_limit or a.synced_balance - a.unsynced - a.held >= v_used - h.amount)) then
      v_charged := h.amount;
    end if;
    update metering.account
      set held = held - h.amount, unsynced = unsynced + v_charged,
          degraded = case when o.degraded then greatest(0, degraded + v_charged - h.amount) else degraded end
      where customer_id = o.customer_id and meter = h.meter
      returning * into a;
    update metering.hold
      set state = 'charged', charged = v_charged, overrun = v_used - v_charged,
          balance_after = greatest(0, a.synced_balance - a.unsynced - a.held)
      where customer_id = o.customer_id and operation_id = o.operation_id and meter = h.meter;
    if v_charged > 0 then
      insert into metering.usage_event
        (customer_id, transaction_id, operation_id, meter, amount, subscription_id, occurred_at, next_at)
        values (o.customer_id, h.transaction_id, o.operation_id, h.meter, v_charged, o.subscription_id, p_now, p_now);
    end if;
  end loop;
end $$;

-- Ends an operation whose process is gone: a stream is charged what had reached the caller, anything else nothing.
create function metering.expire(o metering.operation, p_now timestamptz) returns text
  language plpgsql as $$
declare
  v_progress jsonb;
begin
  select jsonb_object_agg(h.meter, least(h.progress, h.amount)) into v_progress from metering.hold h
    where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.state = 'held'
    having bool_or(h.progress > 0);
  if v_progress is not null then
    perform metering.charge(o, v_progress, p_now);
    update metering.operation
      set state = 'settled', fence = fence + 1, ended_at = p_now, crashes = crashes + 1
      where customer_id = o.customer_id and operation_id = o.operation_id;
    return 'settled';
  end if;
  perform metering.give_back(o);
  update metering.operation
    set state = 'expired', fence = fence + 1, ended_at = p_now, crashes = crashes + 1
    where customer_id = o.customer_id and operation_id = o.operation_id;
  return 'expired';
end $$;
