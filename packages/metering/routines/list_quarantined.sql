-- Quarantined usage events by customer, a page at a time.
create or replace function metering.list_quarantined(
    p_bucket smallint, p_limit integer, p_after_customer text, p_after_operation uuid, p_after_meter text)
  returns jsonb language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(metering.event_json(x.transaction_id, x.meter, x.amount, x.quarantined, x.sendings, x.reason)
      || jsonb_build_object('customerId', x.customer_id, 'operationId', x.operation_id, 'occurredAt', x.occurred_at)
      order by x.customer_id, x.operation_id, x.meter), '[]')
    from (
      select * from metering.outbox e
      where e.bucket = p_bucket and e.quarantined
        and (p_after_customer is null or e.customer_id >= p_after_customer)
        and (p_after_customer is null or (e.customer_id, e.operation_id, e.meter)
          > (p_after_customer, p_after_operation, p_after_meter))
      order by e.customer_id, e.operation_id, e.meter limit p_limit) x);
end $$;
