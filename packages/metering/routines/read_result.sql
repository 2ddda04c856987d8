-- The stored result of a customer's settled operation; null when it is past its keeping time, no row when there is no such operation.
create or replace function metering.read_result(p_bucket smallint, p_customer text, p_operation uuid) returns table (result text)
  language plpgsql stable as $$
#variable_conflict use_column
begin
  perform metering.own_bucket(p_bucket);
  return query
    select case when o.result_expires_at > metering.clock() then o.result end
    from metering.operation o
    where o.bucket = p_bucket and o.operation_id = p_operation and o.customer_id = p_customer and o.state = 'settled';
end $$;
