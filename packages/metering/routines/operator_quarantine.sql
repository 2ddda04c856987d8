-- Quarantines a usage event as an operator, and writes it down. Answers how many, as quarantine_event does.
create or replace function metering.operator_quarantine(p_bucket smallint, p_transaction text, p_author jsonb) returns integer
  language plpgsql as $$
declare
  e metering.outbox%rowtype;
  v_before jsonb;
begin
  perform metering.own_bucket(p_bucket);
  select * into e from metering.outbox x
    where x.bucket = p_bucket and x.transaction_id = p_transaction and not x.quarantined for update;
  if not found then return 0; end if;
  v_before := metering.event_json(e.transaction_id, e.meter, e.amount, e.quarantined, e.sendings, e.reason);
  perform metering.record_operator_change(p_bucket, e.customer_id, p_author, 'quarantine', e.operation_id, p_transaction, v_before,
    v_before || '{"state": "quarantined"}');
  return metering.quarantine_event(p_bucket, p_transaction);
end $$;
