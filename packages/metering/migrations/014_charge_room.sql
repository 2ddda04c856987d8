-- Work that used more than it held is charged for what there is: everything that the balance and the cap have room for beside
-- the hold, not the hold alone.

-- Turns the holds of one operation into charges and usage events; its accounts and itself are locked.
-- `p_amounts` maps a meter to what was used; a meter that is not in it costs what was held.
create or replace function metering.charge(o metering.operation, p_amounts jsonb, p_now timestamptz) returns void
  language plpgsql as $$
declare
  h metering.hold;
  a metering.account;
  v_used bigint;
  v_charged bigint;
  v_room bigint;
begin
  for h in select * from metering.hold
    where customer_id = o.customer_id and operation_id = o.operation_id and state = 'held' order by meter
  loop
    select * into strict a from metering.account where customer_id = o.customer_id and meter = h.meter;
    v_used := coalesce((p_amounts->>h.meter)::bigint, h.amount);
    -- What the balance and the customer's own cap leave beside the hold; null is no bound, and least() does not look at it.
    v_room := least(metering.cap_room(a),
      case when a.unlimited or a.soft_limit then null else a.synced_balance - a.unsynced - a.held end);
    v_charged := least(v_used, h.amount + greatest(v_room, 0));
    if v_room is null then v_charged := v_used; end if;
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
