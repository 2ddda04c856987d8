-- Sends quarantined events again as an operator, one by its transaction id or p_limit of all, and writes each down. Answers how many.
create or replace function metering.operator_replay(p_bucket smallint, p_transaction text, p_limit integer, p_author jsonb)
  returns integer language plpgsql as $$
declare
  e metering.outbox%rowtype;
  v_before jsonb;
  v_count integer := 0;
begin
  perform metering.own_bucket(p_bucket);
  for e in
    select * from metering.outbox x
    where x.bucket = p_bucket and x.quarantined and x.transaction_id is not null
      and (p_transaction is null or x.transaction_id = p_transaction)
    order by x.customer_id limit p_limit for update
  loop
    v_before := metering.event_json(e.transaction_id, e.meter, e.amount, e.quarantined, e.sendings, e.reason);
    perform metering.record_operator_change(p_bucket, e.customer_id, p_author, 'replay', e.operation_id, e.transaction_id, v_before,
      v_before || '{"state": "pending"}');
    v_count := v_count + metering.replay_quarantined(p_bucket, e.transaction_id);
  end loop;
  return v_count;
end $$;
