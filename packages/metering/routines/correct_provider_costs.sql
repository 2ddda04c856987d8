-- Stores what a provider reported after its operation had ended.
create or replace function metering.correct_provider_costs(
    p_bucket smallint, p_customer text, p_operation uuid, p_fence integer, p_costs jsonb)
  returns void language plpgsql as $$
begin
  perform metering.own_bucket(p_bucket);
  perform 1 from metering.operation o
    where o.bucket = p_bucket and o.operation_id = p_operation and o.customer_id = p_customer and o.fence >= p_fence;
  if found then
    perform metering.store_provider_costs(p_bucket, array[p_operation], array[p_fence], array[p_costs]);
  end if;
end $$;
