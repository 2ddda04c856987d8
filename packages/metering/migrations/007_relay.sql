-- Claims due events of as many customers as fit, starting after a customer and going round, so that nobody who is claimed
-- elsewhere, refused or large keeps the others waiting. A customer is claimed as a whole; others skip it, never wait.
create function metering.claim_deliveries(p_after text, p_limit integer, p_claim_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_deliveries jsonb := '[]';
  v_batch jsonb;
  v_last text := p_after;
  v_customer text;
  v_wrapped boolean := false;
  v_fence bigint;
begin
  loop
    select e.customer_id into v_customer from metering.usage_event e
      where e.state = 'pending' and e.customer_id > v_last
        and (not v_wrapped or e.customer_id <= p_after)
      order by e.customer_id limit 1;
    if not found then
      exit when v_wrapped or p_after = '';
      v_wrapped := true;
      v_last := '';
      continue;
    end if;
    v_last := v_customer;
    select c.claim_fence + 1 into v_fence from metering.customer c
      where c.customer_id = v_customer and c.claimed_until <= v_now and c.sync_wanted_until <= v_now
        and exists (select 1 from metering.usage_event e where e.customer_id = v_customer and e.state = 'pending'
                    and e.next_at <= v_now and e.subscription_id is not null)
      for update skip locked;
    continue when not found;
    update metering.customer set claimed_until = metering.after_ms(v_now, p_claim_ms), claim_fence = v_fence
      where customer_id = v_customer;
    with due as (
      select e.customer_id, e.transaction_id from metering.usage_event e
      where e.customer_id = v_customer and e.state = 'pending' and e.next_at <= v_now and e.subscription_id is not null
      order by e.next_at limit p_limit - jsonb_array_length(v_deliveries)),
    sent as (
      update metering.usage_event e set sendings = e.sendings + 1
      from due where e.customer_id = due.customer_id and e.transaction_id = due.transaction_id
      returning metering.delivery_json(e) || jsonb_build_object('fence', v_fence) as delivery)
    select jsonb_agg(delivery) into v_batch from sent;
    v_deliveries := v_deliveries || v_batch;
    exit when jsonb_array_length(v_deliveries) >= p_limit;
  end loop;
  return jsonb_build_object('deliveries', v_deliveries, 'after', case when v_wrapped and v_customer is null then '' else v_last end);
end $$;

-- Writes down what the backend said of each delivery and lets the customers go; answers one word per element, in order.
-- An element: { customerId, fence, transactionId, sending, outcome, amount, subscriptionId, meter, reason, delayMs }.
-- An answer that comes after its claim was lost is ignored: the event stays pending and is asked about again.
-- A sync that settles doubtful events keeps its claim for the read that follows.
create function metering.record_deliveries(p_receipts jsonb, p_refusals_max integer, p_keep_claim boolean) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz;
  v_words jsonb;
begin
  perform 1
    from (select distinct r->>'customerId' as customer_id from jsonb_array_elements(p_receipts) r order by 1) wanted
    cross join lateral (
      select 1 from metering.customer c where c.customer_id = wanted.customer_id for update) locked;
  perform 1
    from (select distinct e.customer_id, e.meter
          from jsonb_array_elements(p_receipts) r
          cross join lateral (
            select e.customer_id, e.meter from metering.usage_event e
            where e.customer_id = r->>'customerId' and e.transaction_id = r->>'transactionId' offset 0) e
          order by 1, 2) wanted
    cross join lateral (
      select 1 from metering.account a
      where a.customer_id = wanted.customer_id and a.meter = wanted.meter for update) locked;
  v_now := metering.clock();
  v_words := metering.record_together(p_receipts, p_refusals_max, v_now);
  if p_keep_claim then return v_words; end if;
  update metering.customer c set claimed_until = '-infinity'
    from (select distinct r->>'customerId' as customer_id, (r->>'fence')::bigint as fence
          from jsonb_array_elements(p_receipts) r) done
    where c.customer_id = done.customer_id and c.claim_fence = done.fence;
  return v_words;
end $$;

-- What becomes of each event, and of each account once: a hundred events of one customer move its balance in one step.
create function metering.record_together(p_receipts jsonb, p_refusals_max integer, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  v_words jsonb;
begin
  with verdict as materialized (
    select r.n, r.receipt, e.event_ctid, e.account_ctid, e.customer_id, e.amount, e.sendings, e.difference, e.is_news,
      case
        when e.transaction_id is null or row_number() over (partition by e.customer_id, e.transaction_id order by r.n) > 1
          then 'ignored'
        when r.receipt->>'outcome' = 'recorded' and e.difference is null then 'delivered'
        when r.receipt->>'outcome' = 'recorded' then 'quarantined'
        when r.receipt->>'outcome' = 'refused' and e.refusals + e.is_news::integer >= p_refusals_max then 'quarantined'
        else r.receipt->>'outcome'
      end as word
    from jsonb_array_elements(p_receipts) with ordinality r(receipt, n)
    left join lateral (
      select ev.ctid as event_ctid, a.account_ctid, ev.customer_id, ev.transaction_id, ev.amount, ev.sendings, ev.refusals,
        (r.receipt->>'sending')::integer > ev.refused_sending as is_news,
        case when r.receipt->>'outcome' = 'recorded' then metering.difference_of(ev, r.receipt) end as difference
      from metering.usage_event ev
      cross join lateral (
        select 1 from metering.customer c
        where c.customer_id = ev.customer_id and c.claim_fence = (r.receipt->>'fence')::bigint limit 1) claim
      cross join lateral (
        select a.ctid as account_ctid from metering.account a
        where a.customer_id = ev.customer_id and a.meter = ev.meter limit 1) a
      where ev.customer_id = r.receipt->>'customerId' and ev.transaction_id = r.receipt->>'transactionId'
        and ev.state = 'pending'
      limit 1) e on true),
  event as (
    update metering.usage_event ev
      set state = case when v.word in ('delivered', 'quarantined') then v.word else 'pending' end,
          refusals = ev.refusals + case when v.word in ('refused', 'quarantined') and v.is_news then 1 else 0 end,
          refused_sending = case when v.word in ('refused', 'quarantined')
            then greatest(ev.refused_sending, (v.receipt->>'sending')::integer) else ev.refused_sending end,
          reason = case when v.word = 'delivered' then null else coalesce(v.difference, v.receipt->>'reason') end,
          next_at = metering.after_ms(p_now, (v.receipt->>'delayMs')::bigint)
      from verdict v
      where v.word <> 'ignored' and ev.ctid = v.event_ctid),
  account as (
    update metering.account a
      set synced_balance = a.synced_balance - d.amount, unsynced = a.unsynced - d.amount
      from (select account_ctid, sum(amount) as amount from verdict where word = 'delivered' group by 1) d
      where a.ctid = d.account_ctid),
  -- Sent before without an answer: a balance read in between may have counted it already.
  doubtful as (
    update metering.customer c set doubtful = true
      from (select distinct customer_id from verdict where word = 'delivered' and sendings > 1) d
      where c.customer_id = d.customer_id)
  select jsonb_agg(v.word order by v.n) into v_words from verdict v;
  return coalesce(v_words, '[]');
end $$;

-- What the backend stored under our id that is not ours; null when it is ours. Someone else may have used the id first.
create function metering.difference_of(e metering.usage_event, r jsonb) returns text
  language sql immutable as $$
    select case
      when (r->>'amount')::numeric is distinct from e.amount
        then format('the backend holds amount %s under this id, we sent %s', coalesce(r->>'amount', 'none'), e.amount)
      when r->>'subscriptionId' is distinct from e.subscription_id
        then format('the backend holds subscription %s under this id, we sent %s', coalesce(r->>'subscriptionId', 'none'), e.subscription_id)
      when r->>'meter' is not null and r->>'meter' <> e.meter
        then format('the backend holds meter %s under this id, we sent %s', r->>'meter', e.meter)
    end $$;

-- Customers the backend must be asked about although none of them has come back: their events have no subscription yet, or
-- their last reading is doubtful. Each is named again only when what is known of it is old.
create function metering.customers_to_sync(p_limit integer, p_fresh_ms bigint) returns jsonb
  language sql as $$
    select coalesce(jsonb_agg(jsonb_build_object('customerId', c.customer_id, 'name', c.name, 'email', c.email)), '[]')
    from (select * from metering.customer c
          where c.customer_id in (select d.customer_id from metering.customer d where d.doubtful
                                  union select e.customer_id from metering.usage_event e where e.subscription_id is null)
            and (c.synced_at is null or metering.after_ms(c.synced_at, p_fresh_ms) <= metering.clock())
          limit p_limit) c $$;

-- How much is on its way, how long the oldest has waited, and how much waits for a person.
create function metering.relay_backlog() returns jsonb
  language sql as $$
    with waiting as (
      select count(*) as pending, min(occurred_at) as oldest_at,
        count(*) filter (where next_at <= metering.clock() and subscription_id is not null) as due
      from metering.usage_event where state = 'pending')
    select jsonb_build_object('pending', pending, 'due', due, 'oldestAt', oldest_at,
      'oldestAgeMs', coalesce(greatest(0, floor(extract(epoch from metering.clock() - oldest_at) * 1000)), 0),
      'quarantined', (select count(*) from metering.usage_event where state = 'quarantined'))
    from waiting $$;
