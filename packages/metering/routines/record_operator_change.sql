-- Writes down what an operator changes, with who it is, by which way and why: { operator, via, reason }.
create or replace function metering.record_operator_change(
    p_bucket smallint, p_customer text, p_author jsonb, p_action text, p_operation uuid, p_transaction text, p_before jsonb,
    p_after jsonb)
  returns boolean language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
begin
  perform metering.own_bucket(p_bucket);
  insert into metering.operator_change (bucket, changed_at, operator, via, action, reason, customer_id, operation_id,
      transaction_id, before, after)
    values (p_bucket, v_now, p_author->>'operator', p_author->>'via', p_action, p_author->>'reason', p_customer, p_operation,
      p_transaction, p_before, p_after);
  return true;
end $$;
