-- Turns the holds of one operation into charges and usage events and ends it as settled. `p_amounts` maps a meter to what
-- was used; a meter that is not in it costs what was held. What was used beyond the hold is charged as far as the funds go.
create or replace function metering.charge_operation(
    p_bucket smallint, p_operation uuid, p_amounts jsonb, p_result text, p_kept_ms bigint, p_late boolean, p_crashes integer,
    p_now timestamptz)
  returns void language plpgsql as $$
declare
  o metering.operation%rowtype;
  a metering.account%rowtype;
  h record;
  v_used bigint;
  v_room bigint;
  v_charged integer;
begin
  select * into strict o from metering.operation op where op.bucket = p_bucket and op.operation_id = p_operation;
  for h in select * from metering.holds_of_operation(p_bucket, p_operation) loop
    select * into strict a from metering.account ac
      where ac.bucket = p_bucket and ac.customer_id = o.customer_id and ac.meter = h.meter for update;
    v_used := coalesce((p_amounts->>h.meter)::bigint, h.held);
    v_room := null;
    if v_used > h.held and (a.limited or o.subjects is not null) then
      select min(l.room) into v_room from metering.limit_standings(p_bucket, o.customer_id, h.meter, o.subjects, p_now) l;
    end if;
    v_charged := least(v_used, h.held + greatest(0, least(
      case when not a.unlimited then a.synced_balance - a.unsynced - a.held end,
      v_room,
      greatest(0, v_used - h.held))));
    update metering.account ac
      set held = ac.held - h.held, unsynced = ac.unsynced + v_charged, version = ac.version + 1
      where ac.bucket = p_bucket and ac.customer_id = o.customer_id and ac.meter = h.meter
      returning * into a;
    if a.limited then
      perform metering.count_spending(p_bucket, array[o.customer_id], array[h.meter], array[1], array[v_charged],
        array[o.subjects], p_now);
    end if;
    if h.meter = o.meter then
      o.charged := v_charged;
      o.overrun := v_used - v_charged;
      o.balance_after := case when not a.unlimited then a.synced_balance - a.unsynced end;
    else
      update metering.further_hold f
        set charged = v_charged, overrun = v_used - v_charged, balance_after = case when not a.unlimited then a.synced_balance - a.unsynced end
        where f.bucket = p_bucket and f.operation_id = p_operation and f.meter = h.meter;
    end if;
    if v_charged > 0 then
      insert into metering.outbox (bucket, customer_id, operation_id, meter, amount, subscription_id, occurred_at, next_at)
        values (p_bucket, o.customer_id, p_operation, h.meter, v_charged, o.subscription_id, p_now, p_now);
    end if;
  end loop;
  update metering.operation op
    set state = 'settled', ended_at = p_now, charged = o.charged, overrun = o.overrun, balance_after = o.balance_after,
        late = p_late, crashes = op.crashes + p_crashes, fence = op.fence + p_crashes, result = p_result,
        result_expires_at = metering.after_ms(p_now, p_kept_ms)
    where op.bucket = p_bucket and op.operation_id = p_operation;
end $$;
