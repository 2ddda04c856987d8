-- Places one call, or answers what an earlier one with its key left; its accounts are locked.
create or replace function metering.place_one(p_bucket smallint, p_call jsonb, p_policy jsonb, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  o metering.operation%rowtype;
  v_customer text := p_call->>'customerId';
  v_operation uuid := (p_call->>'operationId')::uuid;
  v_first jsonb;
  v_subscription text;
  v_stale boolean;
  v_doubtful boolean;
  v_answer jsonb;
begin
  select * into o from metering.operation op where op.bucket = p_bucket and op.key = (p_call->>'key')::uuid for update;
  if found then
    v_answer := metering.answer_known_key(p_bucket, o.operation_id, p_call, p_policy, p_now);
    if v_answer is not null then return v_answer; end if;
  else
    select jsonb_build_object('outcome', 'result_gone', 'operationId', k.operation_id) into v_answer
      from metering.aged_key k where k.bucket = p_bucket and k.key = (p_call->>'key')::uuid;
    if v_answer is not null then return v_answer; end if;
  end if;
  select c.subscription_id, c.synced_at is null or metering.after_ms(c.synced_at, (p_policy->>'staleAfterMs')::bigint) < p_now,
      c.doubtful
    into v_subscription, v_stale, v_doubtful
    from metering.customer c where c.bucket = p_bucket and c.customer_id = v_customer;
  if coalesce(v_stale, true) then return jsonb_build_object('outcome', 'stale'); end if;
  p_call := jsonb_set(p_call, '{charges}', metering.fit_holds(p_bucket, p_call, p_now));
  v_first := p_call->'charges'->0;
  v_answer := metering.refuse_unaffordable(p_bucket, p_call, p_now);
  if v_answer is not null then
    return v_answer || case when v_doubtful then jsonb_build_object('doubtful', true) else '{}' end;
  end if;

  if o.operation_id is null then
    insert into metering.operation (bucket, customer_id, operation_id, key, fingerprint, procedure, meter, held, state, fence,
        attempt, lease_until, deadline_at, created_at, started_at, subscription_id, further, subjects)
      values (p_bucket, v_customer, v_operation, (p_call->>'key')::uuid, (p_call->>'fingerprint')::uuid,
        p_call->>'procedure', v_first->>'meter', (v_first->>'hold')::integer, 'executing', 1, 1,
        metering.after_ms(p_now, (p_call->>'leaseMs')::bigint), metering.after_ms(p_now, (p_call->>'deadlineMs')::bigint),
        p_now, p_now, v_subscription, jsonb_array_length(p_call->'charges') > 1, p_call->>'subjects')
      on conflict (key, bucket) do nothing
      returning * into o;
    -- The same key was placed a moment ago with other meters, so the account locks did not meet.
    if not found then return jsonb_build_object('outcome', 'in_progress'); end if;
  else
    -- Another attempt is priced as its own call says; nothing of an earlier one can be reacquired.
    delete from metering.further_hold f where f.bucket = p_bucket and f.operation_id = o.operation_id;
    update metering.operation op
      set state = 'executing', attempt = op.attempt + 1, fence = op.fence + 1, attempt_token = v_operation,
          lease_until = metering.after_ms(p_now, (p_call->>'leaseMs')::bigint),
          deadline_at = metering.after_ms(p_now, (p_call->>'deadlineMs')::bigint),
          subscription_id = v_subscription, degraded = false, started_at = p_now, ended_at = null,
          meter = v_first->>'meter', held = (v_first->>'hold')::integer, progress = 0,
          further = jsonb_array_length(p_call->'charges') > 1, subjects = p_call->>'subjects'
      where op.bucket = p_bucket and op.operation_id = o.operation_id
      returning * into o;
  end if;
  insert into metering.further_hold (bucket, operation_id, meter, held)
    select p_bucket, o.operation_id, c.value->>'meter', (c.value->>'hold')::integer
    from jsonb_array_elements(p_call->'charges') with ordinality c(value, n) where c.n > 1;
  update metering.account a
    set held = a.held + (c->>'hold')::integer, version = a.version + 1
    from jsonb_array_elements(p_call->'charges') c
    where a.bucket = p_bucket and a.customer_id = v_customer and a.meter = c->>'meter';
  return metering.placed_json(p_bucket, o.operation_id, p_policy, p_now);
end $$;
