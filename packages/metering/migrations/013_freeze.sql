-- Takes a claimed customer's credits out of reach while the backend moves them to another customer. Answers
-- 'lost' when the claim was lost, 'running' while operations hold credits, 'blocked' while an event waits for a person,
-- 'pending' with the events that have to be delivered first, or 'frozen': nothing can be held until a sync has read what is left.
create function metering.freeze_customer(p_customer text, p_fence bigint) returns jsonb
  language plpgsql as $$
declare
  v_deliveries jsonb;
begin
  perform 1 from metering.customer
    where customer_id = p_customer and claim_fence = p_fence and claimed_until > metering.clock() for update;
  if not found then return jsonb_build_object('outcome', 'lost'); end if;
  perform 1 from metering.account where customer_id = p_customer order by meter for update;
  if exists (select 1 from metering.account where customer_id = p_customer and held > 0) then
    return jsonb_build_object('outcome', 'running');
  end if;
  if exists (select 1 from metering.account where customer_id = p_customer and unsynced > 0) then
    with sent as (
      update metering.usage_event e set sendings = e.sendings + 1
      where e.customer_id = p_customer and e.state = 'pending' and e.subscription_id is not null
      returning metering.delivery_json(e) || jsonb_build_object('fence', p_fence) as delivery)
    select jsonb_agg(delivery) into v_deliveries from sent;
    if v_deliveries is null then return jsonb_build_object('outcome', 'blocked'); end if;
    return jsonb_build_object('outcome', 'pending', 'deliveries', v_deliveries);
  end if;
  update metering.account set synced_balance = 0, granted = 0, unlimited = false, soft_limit = false, breakdown = '[]'
    where customer_id = p_customer;
  update metering.customer set synced_at = null where customer_id = p_customer;
  return jsonb_build_object('outcome', 'frozen');
end $$;
