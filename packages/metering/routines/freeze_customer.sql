-- Takes a claimed customer's credits out of reach while the backend moves them to another customer. Answers 'lost' when the
-- claim was lost, 'running' while operations hold credits, 'blocked' while an event is quarantined, 'pending' with the events
-- that have to be delivered first, or 'frozen': nothing can be held until a sync has read what is left.
create or replace function metering.freeze_customer(p_bucket smallint, p_customer text, p_fence bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_deliveries jsonb;
begin
  perform metering.own_bucket(p_bucket);
  perform 1 from metering.customer c
    where c.bucket = p_bucket and c.customer_id = p_customer and c.claim_fence = p_fence and c.claimed_until > v_now for update;
  if not found then return jsonb_build_object('outcome', 'lost'); end if;
  perform 1 from metering.account a
    where a.bucket = p_bucket and a.customer_id = p_customer order by a.meter collate "C" for update;
  if exists (
    select 1 from metering.account a where a.bucket = p_bucket and a.customer_id = p_customer and a.held > 0) then
    return jsonb_build_object('outcome', 'running');
  end if;
  if exists (
    select 1 from metering.account a where a.bucket = p_bucket and a.customer_id = p_customer and a.unsynced > 0) then
    update metering.outbox e set sendings = e.sendings + 1, unanswered = e.unanswered + 1
      where e.bucket = p_bucket and e.customer_id = p_customer and not e.quarantined and e.subscription_id is not null;
    select jsonb_agg(metering.delivery_json(p_bucket, p_customer, e.operation_id, e.meter)
        || jsonb_build_object('fence', p_fence) order by e.operation_id, e.meter) into v_deliveries
      from metering.outbox e
      where e.bucket = p_bucket and e.customer_id = p_customer and not e.quarantined and e.subscription_id is not null;
    if v_deliveries is null then return jsonb_build_object('outcome', 'blocked'); end if;
    return jsonb_build_object('outcome', 'pending', 'deliveries', v_deliveries);
  end if;
  -- The sources stay known, so that the sync that follows explains what has left and what is back.
  perform metering.record_changes(p_bucket, p_customer, (
    select jsonb_agg(jsonb_build_object('meter', a.meter, 'available', 0, 'breakdown', a.breakdown)) from metering.account a
    where a.bucket = p_bucket and a.customer_id = p_customer), metering.clock());
  update metering.account a
    set synced_balance = 0, granted = 0, unlimited = false, version = a.version + 1
    where a.bucket = p_bucket and a.customer_id = p_customer;
  update metering.customer c set synced_at = null where c.bucket = p_bucket and c.customer_id = p_customer;
  return jsonb_build_object('outcome', 'frozen');
end $$;
