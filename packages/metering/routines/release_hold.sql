-- Releases the holds of one executing operation.
create or replace function metering.release_hold(p_bucket smallint, p_customer text, p_operation uuid) returns void
  language plpgsql as $$
declare
  h record;
begin
  for h in select * from metering.holds_of_operation(p_bucket, p_operation) loop
    update metering.account a
      set held = a.held - h.held, version = a.version + 1
      where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = h.meter;
  end loop;
end $$;
