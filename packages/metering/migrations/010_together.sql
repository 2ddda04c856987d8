-- The common case for many calls at once. Rows are looked up once, by lateral queries that can use nothing but a primary
-- key, and addressed by ctid after that: a plan that was made while the tables were empty is still right when they are
-- full. Whoever is not the common case is left to the functions that treat one call at a time.

-- Places every call of a batch whose customer has only calls that are new, for one meter, within the plan and within the
-- funds, and has set no cap. The accounts are locked. Answers { position: answer }.
create function metering.place_together(p_calls jsonb, p_policy jsonb, p_now timestamptz) returns jsonb
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

-- Settles every operation of a batch that is still executing under its fence, was not let in while nobody could be asked,
-- and used no more than it holds. Accounts and operations are locked. Answers { position: answer }.
create function metering.settle_together(p_elements jsonb, p_results text[], p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  v_answers jsonb;
begin
  with element as materialized (
    select e.n, e."customerId" as customer_id, e."operationId" as operation_id, e.fence, e.amounts,
      e."resultKeptMs" as result_kept_ms
    from rows from (jsonb_to_recordset(p_elements) as (
      "customerId" text, "operationId" text, fence bigint, amounts jsonb, "resultKeptMs" bigint)) with ordinality
      as e("customerId", "operationId", fence, amounts, "resultKeptMs", n)),
  found as materialized (
    select e.*, o.ctid as operation_ctid, o.subscription_id,
      row_number() over (partition by e.customer_id, e.operation_id order by e.n) = 1 as is_first
    from element e
    cross join lateral (
      select o.ctid, o.subscription_id from metering.operation o
      where o.customer_id = e.customer_id and o.operation_id = e.operation_id and o.state = 'executing'
        and o.fence = e.fence and not o.degraded limit 1) o),
  used as materialized (
    select f.*, h.ctid as hold_ctid, h.meter, h.amount, h.transaction_id, a.ctid as account_ctid, a.available,
      coalesce((f.amounts->>h.meter)::bigint, h.amount) as charged
    from found f
    cross join lateral (
      select h.ctid, h.meter, h.amount, h.transaction_id from metering.hold h
      where h.customer_id = f.customer_id and h.operation_id = f.operation_id and h.state = 'held' offset 0) h
    cross join lateral (
      select a.ctid, a.synced_balance - a.unsynced - a.held as available from metering.account a
      where a.customer_id = f.customer_id and a.meter = h.meter limit 1) a
    where f.is_first),
  charge as materialized (
    select u.*, greatest(0, u.available + sum(u.amount - u.charged)
        over (partition by u.account_ctid order by u.n)) as balance_after
    from (select u.*, bool_and(u.charged between 0 and u.amount) over (partition by u.n) as fits from used u) u
    where u.fits),
  settled as materialized (
    select distinct on (n) n, operation_ctid, result_kept_ms from charge order by n),
  charged_account as (
    update metering.account a set held = a.held - t.amount, unsynced = a.unsynced + t.charged
      from (select account_ctid, sum(amount) as amount, sum(charged) as charged from charge group by account_ctid) t
      where a.ctid = t.account_ctid
      returning t.account_ctid, a.meter, metering.account_json(a) as account),
  charged_hold as (
    update metering.hold h set state = 'charged', charged = c.charged, balance_after = c.balance_after
      from charge c where h.ctid = c.hold_ctid),
  event as (
    insert into metering.usage_event
        (customer_id, transaction_id, operation_id, meter, amount, subscription_id, occurred_at, next_at)
      select customer_id, transaction_id, operation_id, meter, charged, subscription_id, p_now, p_now
      from charge where charged > 0),
  ended as (
    update metering.operation o
      set state = 'settled', ended_at = p_now, late = false, result = p_results[s.n],
          result_expires_at = metering.after_ms(p_now, s.result_kept_ms)
      from settled s where o.ctid = s.operation_ctid)
  select coalesce(jsonb_object_agg(n, answer), '{}') into v_answers
  from (
    select c.n, jsonb_build_object('outcome', 'settled', 'at', p_now, 'late', false, 'asOf', p_now, 'overrun', 0,
      'charges', jsonb_agg(jsonb_build_object('meter', c.meter, 'amount', c.charged) order by c.meter),
      'accounts', jsonb_agg(a.account order by a.meter)) as answer
    from charge c join charged_account a using (account_ctid)
    group by c.n) answers;
  return v_answers;
end $$;
