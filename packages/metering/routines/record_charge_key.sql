-- Remembers what a settled operation was charged for, or which one was charged in its place. One that came out as nothing leaves the
-- result to be charged to another.
create or replace function metering.record_charge_key(p_bucket smallint, p_operation uuid, p_charge_key uuid, p_charged_by uuid)
  returns void language plpgsql as $$
begin
  if p_charged_by is null and not exists (
    select 1 from metering.holds_of_operation(p_bucket, p_operation) h where h.charged > 0) then return; end if;
  update metering.operation o
    set charge_key = case when p_charged_by is null then p_charge_key end, charged_by = p_charged_by
    where o.bucket = p_bucket and o.operation_id = p_operation;
exception when unique_violation then
  -- Two operations without a meter in common, so the account locks did not meet; the second sees the first when it is repeated.
  raise exception 'charge % was claimed a moment ago', p_charge_key using errcode = 'serialization_failure';
end $$;
