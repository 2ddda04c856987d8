-- Releases the hold of a running operation as an operator, and writes it down. Answers as force_release does.
create or replace function metering.operator_release(p_bucket smallint, p_operation uuid, p_author jsonb) returns text
  language plpgsql as $$
declare
  v_before jsonb := metering.inspect_operation(p_bucket, p_operation);
  v_outcome text := metering.force_release(p_bucket, p_operation);
begin
  if v_outcome = 'released' then
    perform metering.record_operator_change(p_bucket, v_before->>'customerId', p_author, 'release', p_operation, null, v_before,
      metering.inspect_operation(p_bucket, p_operation));
  end if;
  return v_outcome;
end $$;
