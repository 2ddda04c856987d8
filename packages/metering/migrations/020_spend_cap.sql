-- What customers allow themselves to spend of a meter in a calendar month (UTC): a limit of their own, below what they have.
-- It is asked where holds are placed, under the lock of the account, so concurrent calls cannot pass it together. Accounts
-- without a cap pay one comparison for it.
alter table metering.account
  add column spend_cap bigint check (spend_cap between 0 and 9007199254740991),
  -- What was charged in that month; kept only while there is a cap.
  add column spent_month date,
  add column spent bigint not null default 0 check (spent >= 0);

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

-- Charging is the one thing that lowers what is held and raises what the backend has not heard of, so no statement that
-- charges can forget to count.
create function metering.note_spending() returns trigger language plpgsql as $$
declare
  v_month date := metering.this_month();
begin
  new.spent := case when old.spent_month = v_month then old.spent else 0 end + new.unsynced - old.unsynced;
  new.spent_month := v_month;
  return new;
end $$;

create trigger note_spending before update of held, unsynced on metering.account
  for each row when (new.spend_cap is not null and new.held < old.held and new.unsynced > old.unsynced)
  execute function metering.note_spending();

-- Sets or takes away the cap of one meter; answers false when the account is not known. What was charged this month before
-- there was a cap counts: an operation lives no longer than its key is kept, thirty days, so older ones are not looked at.
create function metering.set_spend_cap(p_customer text, p_meter text, p_cap bigint) returns boolean
  language plpgsql as $$
declare
  v_month date;
  v_begins timestamptz;
begin
  perform 1 from metering.account where customer_id = p_customer and meter = p_meter for update;
  if not found then return false; end if;
  v_month := metering.this_month();
  v_begins := v_month::timestamp at time zone 'UTC';
  update metering.account
    set spend_cap = p_cap, spent_month = v_month, spent = (
      select coalesce(sum(h.charged), 0)
      from metering.operation o join metering.hold h using (customer_id, operation_id)
      where o.customer_id = p_customer and o.attempt >= 1 and o.created_at >= v_begins - interval '31 days'
        and o.ended_at >= v_begins and h.meter = p_meter and h.state = 'charged')
    where customer_id = p_customer and meter = p_meter;
  return true;
end $$;

create function metering.read_spend_caps(p_customer text) returns jsonb
  language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_build_object('meter', a.meter, 'cap', a.spend_cap,
      'spent', case when a.spent_month = metering.this_month() then a.spent else 0 end,
      'renewsAt', metering.next_month()) order by a.meter), '[]')
    from metering.account a where a.customer_id = p_customer and a.spend_cap is not null $$;

-- The functions below are as they were, with the cap asked where they ask for funds. The common case of placing leaves
-- accounts with a cap to the function that treats one call at a time.

create or replace function metering.refuse_unaffordable(c metering.customer, p_call jsonb, p_degraded boolean) returns jsonb
  language plpgsql as $$
declare
  v_charge jsonb;
  v_hold bigint;
  v_left bigint;
  a metering.account;
begin
  if p_call->>'feature' is not null and c.synced_at is not null and not (p_call->>'feature' = any (c.features)) then
    return jsonb_build_object('outcome', 'not_in_plan');
  end if;
  for v_charge in select value from jsonb_array_elements(p_call->'charges') loop
    v_hold := (v_charge->>'hold')::bigint;
    select * into a from metering.account where customer_id = p_call->>'customerId' and meter = v_charge->>'meter';
    if not found then return jsonb_build_object('outcome', 'stale'); end if;
    if p_degraded then
      if a.degraded + v_hold > (p_call->>'openLimit')::bigint then return jsonb_build_object('outcome', 'stale'); end if;
    else
      v_left := case when c.subscription_id is null then 0 else greatest(0, a.synced_balance - a.unsynced - a.held) end;
      if v_left < v_hold and not ((a.unlimited or a.soft_limit) and c.subscription_id is not null) then
        return jsonb_build_object('outcome', 'insufficient', 'meter', a.meter, 'required', v_hold, 'available', v_left);
      end if;
    end if;
    -- Last, because more room under the cap would not help whoever lacks the credits.
    if metering.cap_room(a) < v_hold then
      return jsonb_build_object('outcome', 'capped', 'meter', a.meter, 'required', v_hold, 'cap', a.spend_cap,
        'left', metering.cap_room(a), 'renewsAt', metering.next_month());
    end if;
  end loop;
  return null;
end $$;

create or replace function metering.place_together(p_calls jsonb, p_policy jsonb, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  v_answers jsonb;
begin
  with call as materialized (
    select c.n, c."customerId" as customer_id, c."operationId" as operation_id, c.procedure, c."keyHash" as key_hash,
      c.fingerprint, c."attemptToken" as attempt_token, c."leaseMs" as lease_ms, c."deadlineMs" as deadline_ms,
      c.charges->0->>'meter' as meter, (c.charges->0->>'hold')::bigint as hold,
      c.charges->0->>'transactionId' as transaction_id,
      jsonb_array_length(c.charges) = 1 and c."openLimit" is null as is_simple, c.feature
    from rows from (jsonb_to_recordset(p_calls) as (
      "customerId" text, "operationId" text, procedure text, "keyHash" text, fingerprint text, "attemptToken" text,
      "leaseMs" bigint, "deadlineMs" bigint, "openLimit" bigint, feature text, charges jsonb)) with ordinality
      as c("customerId", "operationId", procedure, "keyHash", fingerprint, "attemptToken", "leaseMs", "deadlineMs",
           "openLimit", feature, charges, n)),
  standing as materialized (
    select call.*, c.subscription_id, c.is_due, a.account_ctid, coalesce(
      call.is_simple and k.is_known is null and c.is_known
        and (call.feature is null or call.feature = any (c.features))
        and (a.is_open or sum(call.hold) over (partition by call.customer_id, call.meter) <= a.available)
        and row_number() over (partition by call.customer_id, call.procedure, call.key_hash) = 1, false) as fits
    from call
    left join lateral (
      select c.subscription_id, c.features, metering.is_due(c, (p_policy->>'freshForMs')::bigint, p_now) as is_due,
        c.subscription_id is not null
          and metering.after_ms(c.synced_at, (p_policy->>'staleAfterMs')::bigint) >= p_now as is_known
      from metering.customer c where c.customer_id = call.customer_id limit 1) c on true
    left join lateral (
      select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,
          a.unlimited or a.soft_limit as is_open
      from metering.account a
      where a.customer_id = call.customer_id and a.meter = call.meter and a.spend_cap is null limit 1) a on true
    left join lateral (
      select true as is_known from metering.operation o
      where o.customer_id = call.customer_id and o.procedure = call.procedure and o.key_hash = call.key_hash
      limit 1) k on true),
  -- A customer's calls stay together, so that they are answered in the order in which they came.
  chosen as materialized (
    select * from (select s.*, bool_and(s.fits) over (partition by s.customer_id) as all_fit from standing s) s
    where s.all_fit),
  placed as (
    insert into metering.operation (customer_id, operation_id, procedure, key_hash, fingerprint, state, attempt, fence,
        attempt_token, lease_until, deadline_at, subscription_id, degraded, created_at, started_at)
      select customer_id, operation_id, procedure, key_hash, fingerprint, 'executing', 1, 1, attempt_token,
        metering.after_ms(p_now, lease_ms), metering.after_ms(p_now, deadline_ms), subscription_id, false, p_now, p_now
      from chosen
      on conflict (customer_id, procedure, key_hash) do nothing
      returning operation_id),
  held as (
    insert into metering.hold (customer_id, operation_id, meter, amount, state, transaction_id)
      select customer_id, operation_id, meter, hold, 'held', transaction_id from chosen join placed using (operation_id)),
  taken as (
    update metering.account a set held = a.held + t.hold
      from (select account_ctid, sum(hold) as hold from chosen join placed using (operation_id) group by account_ctid) t
      where a.ctid = t.account_ctid)
  select coalesce(jsonb_object_agg(n, jsonb_build_object('outcome', 'placed', 'operationId', operation_id, 'fence', 1,
    'attempt', 1, 'degraded', false, 'takenOver', false, 'due', is_due)), '{}') into v_answers
  from chosen join placed using (operation_id);
  return v_answers;
end $$;

create or replace function metering.charge(o metering.operation, p_amounts jsonb, p_now timestamptz) returns void
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

create or replace function metering.hold_again(o metering.operation, p_amounts jsonb) returns boolean
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

create or replace function metering.extend_hold(p_customer text, p_operation text, p_fence bigint, p_meter text, p_target bigint)
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
