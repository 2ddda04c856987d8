-- Accepts the amount that the backend holds for a quarantined event as an operator, and writes it down. Answers as accept_recorded does.
create or replace function metering.operator_accept(p_bucket smallint, p_transaction text, p_amount bigint, p_author jsonb)
  returns boolean language plpgsql as $$
declare
  e metering.outbox%rowtype;
begin
  perform metering.own_bucket(p_bucket);
  select * into e from metering.outbox x
    where x.bucket = p_bucket and x.transaction_id = p_transaction and x.quarantined;
  if not found or not metering.accept_recorded(p_bucket, p_transaction, p_amount) then return false; end if;
  perform metering.record_operator_change(p_bucket, e.customer_id, p_author, 'accept', e.operation_id, p_transaction,
    metering.event_json(e.transaction_id, e.meter, e.amount, e.quarantined, e.sendings, e.reason),
    jsonb_build_object('state', 'accepted', 'meter', e.meter, 'amount', p_amount));
  return true;
end $$;
