-- A usage event as a sync hands it over; with what its operation was charged for, from which its transaction id is derived.
create or replace function metering.delivery_json(p_bucket smallint, p_customer text, p_operation uuid, p_meter text) returns jsonb
  language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('customerId', e.customer_id, 'operationId', e.operation_id, 'meter', e.meter, 'key', o.key,
      'amount', e.amount, 'subscriptionId', e.subscription_id, 'occurredAt', floor(extract(epoch from e.occurred_at) * 1000),
      'refusals', e.refusals, 'sendings', e.sendings, 'unanswered', e.unanswered, 'transactionId', e.transaction_id)
    from metering.outbox e
    cross join lateral (
      select coalesce(o.charge_key, o.key) as key from metering.operation o where o.bucket = p_bucket and o.operation_id = e.operation_id offset 0) o
    where e.bucket = p_bucket and e.customer_id = p_customer and e.operation_id = p_operation and e.meter = p_meter);
end $$;
