-- Settles, releases and places one batch of one bucket, in one call and one commit. It does the common
-- case only; what it leaves out goes to `apply_each`. The same calls made one at a time, settles and releases first, come to
-- the same.
--   p_customer, p_meter: the accounts concerned, distinct, in one order for everyone (locks are taken in it);
--   s_*: operations to end, in order; s_account is a position in p_customer; without an amount the hold is charged; s_costs is what the
--   attempt of each cost at its providers, and null when no attempt says so;
--   h_*: calls to place, in order; h_subjects are separated by spaces, and null when no call has any.
-- No two elements may have the same operation or the same key. Answers in lines: now in milliseconds; `position:charged` of
-- every operation that was ended; positions of the calls placed, or `*`; then one line per account that moved, with a 0 where the version before reads a soft limit.
create or replace function metering.apply_batch(
    p_bucket smallint, p_customer text[], p_meter text[],
    s_account integer[], s_operation uuid[], s_fence integer[], s_amount integer[], s_release boolean[], s_result text[],
    s_costs jsonb[], h_account integer[], h_operation uuid[], h_hold integer[], h_key uuid[], h_fingerprint uuid[],
    h_procedure text[], h_feature text[], h_deadline_ms bigint[], h_subjects text[],
    p_lease_ms bigint, p_kept_ms bigint, p_fresh_ms bigint, p_stale_ms bigint)
  returns text language plpgsql as $$
declare
  v_now timestamptz;
  v_stale timestamptz;
  v_available bigint[]; v_posted bigint[]; v_unlimited boolean[]; v_held bigint[]; v_limited boolean[];
  v_subscription text[]; v_synced timestamptz[]; v_doubtful boolean[]; v_period_end timestamptz[];
  e_account integer[] := '{}'; e_operation uuid[]; e_ended timestamptz[]; e_held integer[] := '{}'; e_charged integer[] := '{}';
  e_subscription text[]; e_subjects text[];
  v_over integer[] := '{}';
  v_ended text := '';
  v_placed text := '';
  v_accounts text;
  v_count integer;
  v_h_account integer[] := h_account;
  v_h_hold integer[] := h_hold;
begin
  select array_agg(x.available order by x.n), array_agg(x.posted order by x.n), array_agg(x.is_unlimited order by x.n),
      array_agg(x.held order by x.n), array_agg(x.limited order by x.n), array_agg(x.subscription_id order by x.n),
      array_agg(x.synced_at order by x.n), array_agg(x.doubtful order by x.n), array_agg(x.period_end order by x.n)
    into v_available, v_posted, v_unlimited, v_held, v_limited, v_subscription, v_synced, v_doubtful, v_period_end
  from (
    select w.n, a.available, a.posted, a.is_unlimited, a.held, a.limited, c.subscription_id, c.synced_at, c.doubtful, c.period_end
    from metering.bucket b
    cross join unnest(p_customer, p_meter) with ordinality w(customer_id, meter, n)
    left join lateral (
      select a.synced_balance - a.unsynced - a.held as available,
        case when not a.unlimited then a.synced_balance - a.unsynced end as posted,
        a.unlimited as is_unlimited, a.held, a.limited
      from metering.account a
      where a.bucket = p_bucket and a.customer_id = w.customer_id and a.meter = w.meter for update) a on true
    left join lateral (
      select c.subscription_id, c.synced_at, c.doubtful, c.period_end
      from metering.customer c where c.bucket = p_bucket and c.customer_id = w.customer_id offset 0) c on true
    where b.bucket = p_bucket) x;
  if v_available is null then
    raise exception 'bucket % is not owned by this database', p_bucket
      using errcode = 'check_violation', constraint = 'bucket_owned';
  end if;
  v_now := metering.clock();
  v_stale := v_now - p_stale_ms * interval '1 millisecond';

  -- Before anything ends, so that what is held and what was spent are of the same moment.
  if cardinality(h_account) > 0 and (h_subjects is not null or true = any (v_limited)) then
    v_over := metering.accounts_over_limit(p_bucket, p_customer, p_meter, v_limited, v_held, h_account, h_hold, h_subjects, v_now);
  end if;

  if cardinality(s_account) > 0 then
    with ended as (
      update metering.operation o
        set state = (case when f.release then 'voided' else 'settled' end)::metering.operation_state,
            -- A microsecond apart, so that the activity of a customer has one order and its running balance is right.
            ended_at = v_now + (f.n - 1) * interval '1 microsecond',
            charged = case when not f.release then f.charged end,
            balance_after = case when not f.release then f.balance_after end,
            result = case when not f.release then f.result end,
            result_expires_at = case when not f.release then v_now + p_kept_ms * interval '1 millisecond' end
        from (
          select s.n, s.account, s.operation_id, s.fence, s.release, s.result, u.charged,
            v_posted[s.account] - sum(u.charged) over (partition by s.account order by s.n) as balance_after
          from unnest(s_account, s_operation, s_fence, s_amount, s_release, s_result) with ordinality
            as s(account, operation_id, fence, amount, release, result, n)
          cross join lateral (
            select case when s.release then 0 else coalesce(s.amount, o.held) end as charged, o.held
            from metering.operation o
            where o.bucket = p_bucket and o.operation_id = s.operation_id and o.customer_id = p_customer[s.account]
              and o.meter = p_meter[s.account] and o.ended_at is null and o.fence = s.fence
              and not o.further offset 0) u
          where u.charged between 0 and u.held) f
        where o.bucket = p_bucket and o.operation_id = f.operation_id and o.operation_id = any (s_operation)
          and o.ended_at is null and o.fence = f.fence
        returning f.n, f.account, o.operation_id, o.held, f.charged, o.subscription_id, o.subjects, o.ended_at)
    select coalesce(array_agg(account), '{}'), array_agg(operation_id), coalesce(array_agg(held), '{}'),
        coalesce(array_agg(charged), '{}'), array_agg(subscription_id), array_agg(subjects), array_agg(ended_at),
        coalesce(string_agg(n || ':' || charged, ','), '')
      into e_account, e_operation, e_held, e_charged, e_subscription, e_subjects, e_ended, v_ended
    from ended;
    insert into metering.outbox (bucket, customer_id, operation_id, meter, amount, subscription_id, occurred_at, next_at)
      select b.bucket, p_customer[e.account], e.operation_id, p_meter[e.account], e.charged, e.subscription_id, e.ended_at, v_now
      from metering.bucket b
      cross join unnest(e_account, e_operation, e_charged, e_subscription, e_ended)
        e(account, operation_id, charged, subscription_id, ended_at)
      where b.bucket = p_bucket and e.charged > 0;
    if s_costs is not null then
      perform metering.store_provider_costs(p_bucket, array_agg(s.operation_id), array_agg(s.fence), array_agg(s.costs))
        from unnest(s_operation, s_fence, s_costs) s(operation_id, fence, costs)
        where s.operation_id = any (e_operation);
    end if;
    if true = any (v_limited) then
      perform metering.count_spending(p_bucket, p_customer, p_meter, e_account, e_charged, e_subjects, v_now);
    end if;
  end if;

  if cardinality(h_account) > 0 then
    insert into metering.operation (bucket, customer_id, operation_id, key, fingerprint, procedure, meter, held, state, fence,
        attempt, lease_until, deadline_at, created_at, started_at, subscription_id, subjects)
      select x.bucket, p_customer[x.account], x.operation_id, x.key, x.fingerprint, x.procedure, p_meter[x.account], x.hold,
        'executing', 1, 1, v_now + p_lease_ms * interval '1 millisecond', v_now + x.deadline_ms * interval '1 millisecond',
        v_now, v_now, v_subscription[x.account], x.subjects
      from (
        -- An account's calls are admitted in order: after one that is left out, none.
        select p.*, sum(p.hold) over (partition by p.account order by p.n) as upto,
          bool_and(p.is_plain) over (partition by p.account order by p.n) as all_plain
        from (
          select b.bucket, h.*,
            coalesce(v_synced[h.account] >= v_stale and v_subscription[h.account] is not null, false)
              and (h.feature is null or exists (
                select 1 from metering.customer c
                where c.bucket = p_bucket and c.customer_id = p_customer[h.account] and h.feature = any (c.features)))
              and not exists (select 1 from metering.operation k where k.bucket = p_bucket and k.key = h.key offset 0)
              and not exists (select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = h.key offset 0)
              as is_plain
          from metering.bucket b
          cross join unnest(h_account, h_operation, h_hold, h_key, h_fingerprint, h_procedure, h_feature, h_deadline_ms,
            h_subjects)
            with ordinality as h(account, operation_id, hold, key, fingerprint, procedure, feature, deadline_ms, subjects, n)
          where b.bucket = p_bucket) p) x
      where x.all_plain and (v_unlimited[x.account] or x.upto <= v_available[x.account])
        and x.account <> all (v_over)
      -- The same key may be placed at this moment with other meters, so that the account locks did not meet.
      on conflict (key, bucket) do nothing;
    get diagnostics v_count = row_count;
    v_placed := '*';
    if v_count <> cardinality(h_account) then
      select coalesce(string_agg(h.n::text, ','), ''), coalesce(array_agg(h.account), '{}'), coalesce(array_agg(h.hold), '{}')
        into v_placed, v_h_account, v_h_hold
      from unnest(h_account, h_operation, h_hold) with ordinality h(account, operation_id, hold, n)
      cross join lateral (
        select 1 from metering.operation o
        where o.bucket = p_bucket and o.operation_id = h.operation_id and o.created_at = v_now offset 0) o;
    end if;
  end if;

  with moved as (
    update metering.account a
      set held = a.held + m.held, unsynced = a.unsynced + m.charged, version = a.version + 1
      from (
        select x.account, sum(x.held) as held, sum(x.charged) as charged
        from (
          select e.account, -e.held as held, e.charged from unnest(e_account, e_held, e_charged) e(account, held, charged)
          union all
          select h.account, h.hold, 0 from unnest(v_h_account, v_h_hold) h(account, hold)) x
        group by x.account) m
      where a.bucket = p_bucket and a.customer_id = p_customer[m.account] and a.meter = p_meter[m.account]
        and a.customer_id = any (p_customer) and a.meter = any (p_meter)
      returning m.account || E'\t' || a.synced_balance || E'\t' || a.unsynced || E'\t' || a.held || E'\t' || a.granted
        || E'\t' || a.unlimited::integer || E'\t0\t' || a.version || E'\t'
        || coalesce(metering.is_due(v_synced[m.account], v_doubtful[m.account], v_period_end[m.account], p_fresh_ms, v_now), true)::integer
        as line)
  select coalesce(string_agg(line, E'\n'), ''), count(*) into v_accounts, v_count from moved;
  if v_count <> (select count(distinct x.account) from unnest(e_account || v_h_account) x(account)) then
    raise exception 'an account is missing' using errcode = 'serialization_failure';
  end if;
  return floor(extract(epoch from v_now) * 1000) || E'\n' || v_ended || E'\n' || v_placed || E'\n' || v_accounts;
end $$;

-- The same, as the version before calls it.
create or replace function metering.apply_batch(
    p_bucket smallint, p_customer text[], p_meter text[],
    s_account integer[], s_operation uuid[], s_fence integer[], s_amount integer[], s_release boolean[], s_result text[],
    h_account integer[], h_operation uuid[], h_hold integer[], h_key uuid[], h_fingerprint uuid[], h_procedure text[],
    h_feature text[], h_deadline_ms bigint[], h_subjects text[],
    p_lease_ms bigint, p_kept_ms bigint, p_fresh_ms bigint, p_stale_ms bigint)
  returns text language plpgsql as $$
begin
  return metering.apply_batch(p_bucket, p_customer, p_meter, s_account, s_operation, s_fence, s_amount, s_release, s_result, null,
    h_account, h_operation, h_hold, h_key, h_fingerprint, h_procedure, h_feature, h_deadline_ms, h_subjects, p_lease_ms,
    p_kept_ms, p_fresh_ms, p_stale_ms);
end $$;
