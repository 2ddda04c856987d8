-- A usage event that the backend has not confirmed, as operators see it.
create or replace function metering.event_json(
    p_transaction text, p_meter text, p_amount integer, p_quarantined boolean, p_sendings integer, p_reason text)
  returns jsonb language sql immutable as $$
  select jsonb_build_object('transactionId', p_transaction, 'meter', p_meter, 'amount', p_amount,
    'state', case when p_quarantined then 'quarantined' else 'pending' end, 'deliveries', p_sendings, 'reason', p_reason);
$$;
