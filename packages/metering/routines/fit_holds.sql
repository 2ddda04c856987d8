-- The charges of a call with what can be held of those that begin with less: what is there, from their least up to the hold that is
-- wanted. Where even the least is not, that is what the refusal names. Before the backend was asked, a balance is no reason to hold less:
-- then limits alone are. The accounts are locked.
create or replace function metering.fit_holds(p_bucket smallint, p_call jsonb, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  a metering.account%rowtype;
  v_charge jsonb;
  v_charges jsonb := '[]';
  v_room bigint;
  v_hold bigint;
begin
  for v_charge in
    select c.value from jsonb_array_elements(p_call->'charges') with ordinality c(value, n) order by c.n
  loop
    select * into a from metering.account ac
      where ac.bucket = p_bucket and ac.customer_id = p_call->>'customerId' and ac.meter = v_charge->>'meter';
    if found and v_charge->'least' is not null then
      v_room := null;
      if a.limited or p_call->>'subjects' is not null then
        select min(l.room) into v_room
          from metering.limit_standings(p_bucket, a.customer_id, a.meter, p_call->>'subjects', p_now) l;
      end if;
      -- Nulls bound nothing: neither an unlimited balance nor a missing limit does.
      v_hold := least((v_charge->>'hold')::bigint, v_room,
        case when not a.unlimited and p_call->'limitsOnly' is null then a.synced_balance - a.unsynced - a.held end);
      v_charge := jsonb_set(v_charge, '{hold}', to_jsonb(greatest(v_hold, (v_charge->>'least')::bigint)));
    end if;
    v_charges := v_charges || v_charge;
  end loop;
  return v_charges;
end $$;
