-- Records what the backend said of each delivery and releases the claims; answers one word per delivery, in order.
--   p_customer, p_fence: the customers concerned, distinct and sorted, and under which claim;
--   d_*: one delivery each; d_customer is a position in p_customer, d_sending which sending the answer is about.
-- An answer that comes after its claim was lost is ignored: the event stays pending and is asked about again.
-- A sync that settles doubtful events keeps its claim for the read that follows.
create or replace function metering.record_deliveries(
    p_bucket smallint, p_customer text[], p_fence bigint[],
    d_customer integer[], d_operation uuid[], d_meter text[], d_transaction text[], d_sending integer[], d_outcome text[],
    d_amount bigint[], d_subscription text[], d_stored_meter text[], d_reason text[], d_delay_ms bigint[],
    p_refusals_max integer, p_keep_claim boolean)
  returns text language plpgsql as $$
declare
  v_now timestamptz;
  v_ours boolean[];
  v_words text[];
  v_reasons text[];
  v_news boolean[];
  a_customer integer[];
  a_meter text[];
  a_amount bigint[];
  a_doubt boolean[];
  a_occurred timestamptz[];
begin
  select array_agg(coalesce(c.ours, false) order by w.n) into v_ours
  from metering.bucket b
  cross join unnest(p_customer, p_fence) with ordinality w(customer_id, fence, n)
  left join lateral (
    select true as ours from metering.customer c
    where c.bucket = p_bucket and c.customer_id = w.customer_id and c.claim_fence = w.fence for update) c on true
  where b.bucket = p_bucket;
  if v_ours is null then perform metering.own_bucket(p_bucket); end if;
  v_now := metering.clock();

  select array_agg(x.word order by x.n), array_agg(x.reason order by x.n), array_agg(x.is_news order by x.n)
    into v_words, v_reasons, v_news
  from (
    select d.n, e.is_news, coalesce(e.difference, d.reason) as reason,
      case
        when e.amount is null or row_number() over (partition by d.customer, d.operation_id, d.meter order by d.n) > 1 then 'ignored'
        when d.outcome = 'recorded' and e.difference is null then 'delivered'
        when d.outcome = 'recorded' then 'quarantined'
        when d.outcome = 'refused' and e.refusals + e.is_news::integer >= p_refusals_max then 'quarantined'
        else d.outcome
      end as word
    from unnest(d_customer, d_operation, d_meter, d_sending, d_outcome, d_amount, d_subscription, d_stored_meter, d_reason)
      with ordinality as d(customer, operation_id, meter, sending, outcome, amount, subscription_id, stored_meter, reason, n)
    left join lateral (
      select e.amount, e.refusals, d.sending > e.refused_sending as is_news,
        case when d.outcome = 'recorded' then metering.difference_of(e.amount, e.subscription_id, e.meter, d.amount,
          d.subscription_id, d.stored_meter) end as difference
      from metering.outbox e
      where e.bucket = p_bucket and e.customer_id = p_customer[d.customer] and e.operation_id = d.operation_id
        and e.meter = d.meter and not e.quarantined and v_ours[d.customer] offset 0) e on true) x;

  perform 1
    from (select distinct d.customer, d.meter collate "C" as meter from unnest(d_customer, d_meter, v_words) d(customer, meter, word)
          where d.word = 'delivered' order by 1, 2) w
    cross join lateral (
      select 1 from metering.account a
      where a.bucket = p_bucket and a.customer_id = p_customer[w.customer] and a.meter = w.meter for update) a;
  with gone as (
    delete from metering.outbox e
      using unnest(d_customer, d_operation, d_meter, v_words) d(customer, operation_id, meter, word)
      where e.bucket = p_bucket and e.customer_id = p_customer[d.customer] and e.operation_id = d.operation_id
        and e.meter = d.meter and e.customer_id = any (p_customer) and e.operation_id = any (d_operation)
        and d.word = 'delivered' and not e.quarantined
      returning d.customer, e.meter, e.amount, e.sendings, e.occurred_at),
  total as (
    select g.customer, g.meter, sum(g.amount) as amount, bool_or(g.sendings > 1) as doubt, min(g.occurred_at) as occurred_at
    from gone g group by 1, 2)
  select coalesce(array_agg(t.customer), '{}'), array_agg(t.meter), array_agg(t.amount), array_agg(t.doubt),
      array_agg(t.occurred_at)
    into a_customer, a_meter, a_amount, a_doubt, a_occurred
  from total t;
  update metering.account a
    set synced_balance = a.synced_balance - t.amount, unsynced = a.unsynced - t.amount, version = a.version + 1
    from unnest(a_customer, a_meter, a_amount) t(customer, meter, amount)
    where a.bucket = p_bucket and a.customer_id = p_customer[t.customer] and a.meter = t.meter
      and a.customer_id = any (p_customer) and a.meter = any (a_meter);

  update metering.outbox e
    set quarantined = d.word = 'quarantined', reason = d.reason,
        transaction_id = coalesce(e.transaction_id, d.transaction_id),
        refusals = e.refusals + d.refusal, unanswered = greatest(0, e.unanswered - d.refusal),
        refused_sending = case when d.word in ('refused', 'quarantined') then greatest(e.refused_sending, d.sending)
          else e.refused_sending end,
        next_at = v_now + d.delay_ms * interval '1 millisecond'
    from (
      select d.*, (d.word in ('refused', 'quarantined') and d.is_news)::integer as refusal
      from unnest(d_customer, d_operation, d_meter, d_transaction, d_sending, d_delay_ms, v_words, v_reasons, v_news)
        d(customer, operation_id, meter, transaction_id, sending, delay_ms, word, reason, is_news)
      where d.word not in ('ignored', 'delivered')) d
    where e.bucket = p_bucket and e.customer_id = p_customer[d.customer] and e.operation_id = d.operation_id
      and e.meter = d.meter and e.customer_id = any (p_customer) and e.operation_id = any (d_operation) and not e.quarantined;

  -- Sent before without an answer: a balance that was read in between may have counted it already. Charged before the period of the
  -- balance that was read: the credits of its own period paid for it, or some of it.
  update metering.customer c
    set doubtful = c.doubtful or exists (
          select 1 from unnest(a_customer, a_doubt, a_occurred) t(customer, doubt, occurred_at)
          where p_customer[t.customer] = c.customer_id
            and (t.doubt or t.occurred_at < (c.billing->'subscription'->>'periodStart')::timestamptz)),
        claimed_until = case when p_keep_claim then c.claimed_until else '-infinity' end
    from unnest(p_customer, v_ours) w(customer_id, ours)
    where c.bucket = p_bucket and c.customer_id = w.customer_id and w.ours and c.customer_id = any (p_customer);
  return array_to_string(v_words, ',');
end $$;
