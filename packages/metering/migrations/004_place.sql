-- Places the holds of many calls in one round trip; one answer per call, in the order of arrival.
-- A call: { customerId, name, email, operationId, procedure, keyHash, fingerprint, attemptToken, feature, leaseMs, deadlineMs,
--           openLimit, charges: [{ meter, hold, transactionId }] }
-- The policy: { staleAfterMs, freshForMs, attemptsMax }
create function metering.place_holds(p_calls jsonb, p_policy jsonb) returns jsonb
  language plpgsql as $$
declare
  v_answers jsonb;
  v_now timestamptz;
begin
  if jsonb_path_exists(p_calls, '$[*].openLimit ? (@ != null)') then
    perform metering.open_accounts(v.value) from jsonb_array_elements(p_calls) v
      where v.value->>'openLimit' is not null
      order by v.value->>'customerId';
  end if;
  -- A lateral query can only look one row up: joined, a plan made while the table was small would go on reading all of it.
  perform 1
    from (select distinct c->>'customerId' as customer_id, h->>'meter' as meter
          from jsonb_array_elements(p_calls) c, jsonb_array_elements(c->'charges') h order by 1, 2) wanted
    cross join lateral (
      select 1 from metering.account a
      where a.customer_id = wanted.customer_id and a.meter = wanted.meter for update) locked;
  v_now := metering.clock();
  v_answers := metering.place_together(p_calls, p_policy, v_now);
  return (
    select jsonb_agg(coalesce(v_answers->c.n::text, metering.place_one(c.call, p_policy, v_now)) order by c.n)
    from jsonb_array_elements(p_calls) with ordinality as c(call, n));
end $$;

-- A call that may pass while nobody can be asked needs rows to be counted on, even for a customer never seen before.
create function metering.open_accounts(p_call jsonb) returns void
  language plpgsql as $$
begin
  insert into metering.customer (customer_id, name, email)
    values (p_call->>'customerId', p_call->>'name', p_call->>'email') on conflict do nothing;
  insert into metering.account (customer_id, meter)
    select p_call->>'customerId', h->>'meter' from jsonb_array_elements(p_call->'charges') h
    order by 2 on conflict do nothing;
end $$;

create function metering.place_one(p_call jsonb, p_policy jsonb, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  c metering.customer;
  o metering.operation;
  v_customer text := p_call->>'customerId';
  v_degraded boolean;
  v_refusal jsonb;
begin
  select * into o from metering.operation
    where customer_id = v_customer and procedure = p_call->>'procedure' and key_hash = p_call->>'keyHash' for update;
  if found then
    v_refusal := metering.answer_known_key(o, p_call, p_policy, p_now);
    if v_refusal is not null then return v_refusal; end if;
  end if;

  select * into c from metering.customer where customer_id = v_customer;
  v_degraded := c.synced_at is null or metering.after_ms(c.synced_at, (p_policy->>'staleAfterMs')::bigint) < p_now;
  if v_degraded and p_call->>'openLimit' is null then
    return jsonb_build_object('outcome', 'stale');
  end if;
  v_refusal := metering.refuse_unaffordable(c, p_call, v_degraded);
  if v_refusal is not null then return v_refusal; end if;

  if o.operation_id is null then
    insert into metering.operation (customer_id, operation_id, procedure, key_hash, fingerprint, state, attempt, fence,
        attempt_token, lease_until, deadline_at, subscription_id, degraded, created_at, started_at)
      values (v_customer, p_call->>'operationId', p_call->>'procedure', p_call->>'keyHash', p_call->>'fingerprint',
        'executing', 1, 1, p_call->>'attemptToken', metering.after_ms(p_now, (p_call->>'leaseMs')::bigint),
        metering.after_ms(p_now, (p_call->>'deadlineMs')::bigint), c.subscription_id, v_degraded, p_now, p_now)
      on conflict (customer_id, procedure, key_hash) do nothing
      returning * into o;
    -- The same key was placed a moment ago with other meters, so our account locks did not meet.
    if not found then return jsonb_build_object('outcome', 'in_progress'); end if;
  else
    update metering.operation
      set state = 'executing', attempt = attempt + 1, fence = fence + 1, attempt_token = p_call->>'attemptToken',
          lease_until = metering.after_ms(p_now, (p_call->>'leaseMs')::bigint),
          deadline_at = metering.after_ms(p_now, (p_call->>'deadlineMs')::bigint),
          subscription_id = c.subscription_id, degraded = v_degraded, started_at = p_now, ended_at = null
      where customer_id = v_customer and operation_id = o.operation_id
      returning * into o;
  end if;
  perform metering.take_holds(o, p_call, v_degraded);
  return metering.placed_json(o, p_policy, p_now);
end $$;

-- What a key that was seen before is answered with; null when it may be executed again.
create function metering.answer_known_key(o metering.operation, p_call jsonb, p_policy jsonb, p_now timestamptz)
  returns jsonb language plpgsql as $$
begin
  if o.fingerprint <> p_call->>'fingerprint' then
    return jsonb_build_object('outcome', 'key_reused', 'firstSeenAt', o.created_at);
  end if;
  if o.state = 'executing' and o.attempt_token = p_call->>'attemptToken' then
    return metering.placed_json(o, p_policy, p_now);
  end if;
  if o.state = 'executing' and o.lease_until >= p_now then
    return jsonb_build_object('outcome', 'in_progress');
  end if;
  if o.state = 'executing' then return metering.take_over(o, p_call, p_policy, p_now); end if;
  if o.state = 'settled' and (o.result is null or o.result_expires_at <= p_now) then
    return jsonb_build_object('outcome', 'result_gone', 'operationId', o.operation_id);
  end if;
  if o.state = 'settled' then
    return jsonb_build_object('outcome', 'replay', 'operationId', o.operation_id, 'result', o.result, 'at', o.ended_at,
      'charges', metering.charges_of_operation(o.customer_id, o.operation_id),
      'accounts', metering.accounts_of_operation(o.customer_id, o.operation_id), 'asOf', p_now);
  end if;
  if o.crashes >= (p_policy->>'attemptsMax')::integer then
    return jsonb_build_object('outcome', 'poisoned', 'operationId', o.operation_id);
  end if;
  return null;
end $$;

-- The first attempt's lease has lapsed: whoever comes with its key goes on with its hold. What a stream had already
-- delivered is charged instead, because nobody can deliver the rest of it.
create function metering.take_over(o metering.operation, p_call jsonb, p_policy jsonb, p_now timestamptz)
  returns jsonb language plpgsql as $$
begin
  if exists (select 1 from metering.hold h
             where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.progress > 0) then
    perform metering.expire(o, p_now);
    return jsonb_build_object('outcome', 'result_gone', 'operationId', o.operation_id);
  end if;
  if o.crashes + 1 >= (p_policy->>'attemptsMax')::integer then
    perform metering.give_back(o);
    update metering.operation
      set state = 'voided', fence = fence + 1, crashes = crashes + 1, ended_at = p_now
      where customer_id = o.customer_id and operation_id = o.operation_id;
    return jsonb_build_object('outcome', 'poisoned', 'operationId', o.operation_id);
  end if;
  update metering.operation
    set attempt = attempt + 1, fence = fence + 1, crashes = crashes + 1, attempt_token = p_call->>'attemptToken',
        lease_until = metering.after_ms(p_now, (p_call->>'leaseMs')::bigint),
        deadline_at = metering.after_ms(p_now, (p_call->>'deadlineMs')::bigint)
    where customer_id = o.customer_id and operation_id = o.operation_id
    returning * into o;
  return metering.placed_json(o, p_policy, p_now) || '{"takenOver": true}';
end $$;

-- Why this call cannot be paid for; null when it can. Every meter of the call is asked before anything is taken.
create function metering.refuse_unaffordable(c metering.customer, p_call jsonb, p_degraded boolean) returns jsonb
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

create function metering.take_holds(o metering.operation, p_call jsonb, p_degraded boolean) returns void
  language plpgsql as $$
begin
  insert into metering.hold (customer_id, operation_id, meter, amount, state, transaction_id)
    select o.customer_id, o.operation_id, h->>'meter', (h->>'hold')::bigint, 'held', h->>'transactionId'
    from jsonb_array_elements(p_call->'charges') h
    on conflict (customer_id, operation_id, meter)
    do update set amount = excluded.amount, state = 'held', progress = 0;
  update metering.account a
    set held = a.held + (h->>'hold')::bigint,
        degraded = a.degraded + case when p_degraded then (h->>'hold')::bigint else 0 end
    from jsonb_array_elements(p_call->'charges') h
    where a.customer_id = o.customer_id and a.meter = h->>'meter';
end $$;

create function metering.placed_json(o metering.operation, p_policy jsonb, p_now timestamptz) returns jsonb
  language sql as $$
    select jsonb_build_object('outcome', 'placed', 'operationId', o.operation_id, 'fence', o.fence, 'attempt', o.attempt,
      'degraded', o.degraded, 'takenOver', false,
      'due', metering.is_due(c, (p_policy->>'freshForMs')::bigint, p_now))
    from (select 1) one left join metering.customer c on c.customer_id = o.customer_id $$;
