-- Gives the holds of one executing operation back to its accounts.
create or replace function metering.give_back(p_bucket smallint, p_customer text, p_operation uuid, p_degraded boolean) returns void
  language plpgsql as $$
declare
  h record;
begin
  for h in select * from metering.holds_of_operation(p_bucket, p_operation) loop
    update metering.account a
      set held = a.held - h.held, version = a.version + 1,
          degraded = case when p_degraded then greatest(0, a.degraded - h.held) else a.degraded end
      where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = h.meter;
  end loop;
end $$;
