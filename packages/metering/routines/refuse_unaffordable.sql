-- Why this call cannot be paid for; null when it can. Every meter of the call is asked before anything is taken.
create or replace function metering.refuse_unaffordable(p_bucket smallint, p_call jsonb, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  c metering.customer%rowtype;
  a metering.account%rowtype;
  l record;
  v_charge jsonb;
  v_hold bigint;
  v_left bigint;
begin
  select * into c from metering.customer cu where cu.bucket = p_bucket and cu.customer_id = p_call->>'customerId';
  if p_call->>'feature' is not null and c.synced_at is not null and not (p_call->>'feature' = any (c.features)) then
    return jsonb_build_object('outcome', 'not_in_plan');
  end if;
  for v_charge in select value from jsonb_array_elements(p_call->'charges') loop
    v_hold := (v_charge->>'hold')::bigint;
    select * into a from metering.account ac
      where ac.bucket = p_bucket and ac.customer_id = p_call->>'customerId' and ac.meter = v_charge->>'meter' for update;
    if not found then return jsonb_build_object('outcome', 'stale'); end if;
    v_left := case when c.subscription_id is null then 0 else greatest(0, a.synced_balance - a.unsynced - a.held) end;
    if v_left < v_hold and not (a.unlimited and c.subscription_id is not null) then
      return jsonb_build_object('outcome', 'insufficient', 'meter', a.meter, 'required', v_hold, 'available', v_left);
    end if;
    continue when not a.limited and p_call->>'subjects' is null;
    -- Last, because a higher limit would not help a customer who lacks the credits.
    select s.subject, s.amount, s.room, case when s.period = 'month' then metering.next_month(p_now) end as renews_at into l
      from metering.limit_standings(p_bucket, p_call->>'customerId', a.meter, p_call->>'subjects', p_now) s
      where s.room < v_hold order by s.room, s.subject limit 1;
    if found and l.subject = 'customer' and l.renews_at is not null then
      return jsonb_build_object('outcome', 'capped', 'meter', a.meter, 'required', v_hold, 'cap', l.amount,
        'left', l.room, 'renewsAt', l.renews_at);
    elsif found then
      return jsonb_build_object('outcome', 'limited', 'subject', l.subject, 'meter', a.meter, 'required', v_hold,
        'amount', l.amount, 'left', l.room, 'renewsAt', l.renews_at);
    end if;
  end loop;
  return null;
end $$;
