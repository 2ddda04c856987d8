-- Another attempt is priced as its own call says. What an earlier one held and released goes, so that a late finisher can hold
-- again, and be charged, for nothing but its own meters.
create or replace function metering.take_holds(o metering.operation, p_call jsonb, p_degraded boolean) returns void
  language plpgsql as $$
begin
  delete from metering.hold h
    where h.customer_id = o.customer_id and h.operation_id = o.operation_id and h.state = 'released';
  insert into metering.hold (customer_id, operation_id, meter, amount, state, transaction_id)
    select o.customer_id, o.operation_id, h->>'meter', (h->>'hold')::bigint, 'held', h->>'transactionId'
    from jsonb_array_elements(p_call->'charges') h;
  update metering.account a
    set held = a.held + (h->>'hold')::bigint,
        degraded = a.degraded + case when p_degraded then (h->>'hold')::bigint else 0 end
    from jsonb_array_elements(p_call->'charges') h
    where a.customer_id = o.customer_id and a.meter = h->>'meter';
end $$;
