-- Claims due events of as many customers as fit, starting after a customer: one that is claimed elsewhere, refused or large
-- keeps the others waiting for a round at most. A customer is claimed as a whole; others skip it, never wait. The last row has
-- no operation: its customer is where the next round starts, and empty when the round is complete.
create or replace function metering.claim_deliveries(p_bucket smallint, p_after text, p_limit integer, p_claim_ms bigint)
  returns table (
    customer_id text, fence bigint, operation_id uuid, key uuid, meter text, amount integer, subscription_id text,
    occurred_at timestamptz, refusals integer, sendings integer, unanswered integer, transaction_id text)
  language plpgsql as $$
#variable_conflict use_column
declare
  v_now timestamptz := metering.clock();
  v_until timestamptz := v_now + p_claim_ms * interval '1 millisecond';
  v_customers text[];
  v_fences bigint[];
  v_operations uuid[];
  v_busy text[];
  v_next text;
begin
  perform metering.own_bucket(p_bucket);
  select array_agg(distinct x.customer_id), case when count(*) >= p_limit then max(x.customer_id) else '' end
    into v_customers, v_next
  from (
    select e.customer_id from metering.outbox e
    where e.bucket = p_bucket and e.customer_id > p_after and e.next_at <= v_now and not e.quarantined
      and e.subscription_id is not null
    order by e.customer_id, e.operation_id, e.meter limit p_limit) x;
  with mine as (
    update metering.customer c set claimed_until = v_until, claim_fence = c.claim_fence + 1
      from (
        select c.customer_id from unnest(v_customers) w(customer_id)
        cross join lateral (
          select c.customer_id from metering.customer c
          where c.bucket = p_bucket and c.customer_id = w.customer_id and c.claimed_until <= v_now
            and c.sync_wanted_until <= v_now
          for update skip locked) c) x
      where c.bucket = p_bucket and c.customer_id = x.customer_id and c.customer_id = any (v_customers)
      returning c.customer_id, c.claim_fence)
  select array_agg(m.customer_id), array_agg(m.claim_fence) into v_customers, v_fences from mine m;
  select array_agg(x.operation_id), array_agg(distinct x.customer_id) into v_operations, v_busy from (
    select w.customer_id, e.operation_id from unnest(v_customers) w(customer_id)
    cross join lateral (
      select e.operation_id from metering.outbox e
      where e.bucket = p_bucket and e.customer_id = w.customer_id and e.next_at <= v_now and not e.quarantined
        and e.subscription_id is not null
      order by e.operation_id limit p_limit) e
    limit p_limit) x;
  -- Delivered by another relay since the look; a claim without events is of no use to anyone.
  update metering.customer c set claimed_until = '-infinity'
    where c.bucket = p_bucket and c.customer_id = any (v_customers) and c.customer_id <> all (coalesce(v_busy, '{}'));
  return query
    with sent as (
      update metering.outbox e set sendings = e.sendings + 1, unanswered = e.unanswered + 1
        where e.bucket = p_bucket and e.customer_id = any (v_customers) and e.operation_id = any (v_operations)
          and e.next_at <= v_now and not e.quarantined and e.subscription_id is not null
        returning e.*)
    select s.customer_id, v_fences[array_position(v_customers, s.customer_id)], s.operation_id, o.key, s.meter, s.amount,
      s.subscription_id, s.occurred_at, s.refusals, s.sendings, s.unanswered, s.transaction_id
    from sent s
    cross join lateral (
      select coalesce(o.charge_key, o.key) as key from metering.operation o where o.bucket = p_bucket and o.operation_id = s.operation_id offset 0) o
    order by s.customer_id, s.operation_id, s.meter;
  return query select v_next, null::bigint, null::uuid, null::uuid, null::text, null::integer, null::text, null::timestamptz,
    null::integer, null::integer, null::integer, null::text;
end $$;
