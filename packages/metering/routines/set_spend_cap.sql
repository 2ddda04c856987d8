-- The monthly cap, as the version before sets it.
create or replace function metering.set_spend_cap(p_bucket smallint, p_customer text, p_meter text, p_cap bigint) returns boolean
  language plpgsql as $$
begin
  return metering.set_limit(p_bucket, p_customer, p_meter, 'customer', p_cap, 'month', null);
end $$;
