-- Applies what the backend said while the customer was claimed; answers false when the claim was lost meanwhile.
-- p_read_at is when the claim was taken: what we know is as old as the question, not as the answer.
create or replace function metering.apply_sync(
    p_bucket smallint, p_customer text, p_fence bigint, p_read_at timestamptz, p_billing jsonb, p_meters jsonb)
  returns boolean language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_unassigned uuid[];
begin
  perform metering.own_bucket(p_bucket);
  perform 1 from metering.customer c where c.bucket = p_bucket and c.customer_id = p_customer and c.claim_fence = p_fence for update;
  if not found then return false; end if;
  if exists (
    select 1 from metering.outbox e
    where e.bucket = p_bucket and e.customer_id = p_customer and not e.quarantined and e.unanswered > 0) then
    raise exception 'it is not known which events of % the balance that was read has in it', p_customer
      using errcode = 'check_violation', constraint = 'sync_is_exact';
  end if;
  insert into metering.account (bucket, customer_id, meter)
    select p_bucket, p_customer, m->>'meter' from jsonb_array_elements(p_meters) m order by m->>'meter' collate "C"
    on conflict (bucket, customer_id, meter) do nothing;
  perform 1 from metering.account a where a.bucket = p_bucket and a.customer_id = p_customer order by a.meter collate "C" for update;
  -- As of now: charges that were made while the locks were awaited come before it.
  perform metering.record_changes(p_bucket, p_customer, p_meters, metering.clock());
  select array_agg(e.operation_id) into v_unassigned from metering.outbox e
    where e.bucket = p_bucket and e.customer_id = p_customer and not e.quarantined and e.subscription_id is null;
  if v_unassigned is not null then
    update metering.outbox e set subscription_id = p_billing->'subscription'->>'id'
      where e.bucket = p_bucket and e.customer_id = p_customer and not e.quarantined and e.subscription_id is null;
    -- Its event is gone once it was delivered; the operation says what it was charged to.
    update metering.operation o set subscription_id = p_billing->'subscription'->>'id'
      where o.bucket = p_bucket and o.operation_id = any (v_unassigned) and o.subscription_id is null;
  end if;
  update metering.account a
    set synced_balance = (m->>'available')::bigint, granted = (m->>'granted')::bigint, breakdown = m->'breakdown',
        unlimited = (m->>'unlimited')::boolean, soft_limit = false, degraded = 0,
        version = a.version + 1,
        unsynced = (
          select coalesce(sum(e.amount), 0) from metering.outbox e
          where e.bucket = p_bucket and e.customer_id = p_customer and e.meter = a.meter)
    from jsonb_array_elements(p_meters) m
    where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = m->>'meter';
  update metering.customer c
    set billing = p_billing, subscription_id = p_billing->'subscription'->>'id',
        features = array(select jsonb_array_elements_text(p_billing->'features')),
        period_end = (p_billing->'subscription'->>'periodEnd')::timestamptz,
        synced_at = p_read_at, applied_at = v_now, claimed_until = '-infinity', doubtful = false,
        sync_attempts = 0, sync_retry_at = '-infinity'
    where c.bucket = p_bucket and c.customer_id = p_customer;
  return true;
end $$;
