-- Ends an operation whose process is gone: a stream is charged what had reached the caller, anything else nothing.
create or replace function metering.expire_operation(p_bucket smallint, p_operation uuid, p_now timestamptz) returns text
  language plpgsql as $$
declare
  v_progress jsonb;
begin
  select jsonb_object_agg(h.meter, least(h.progress, h.held)) into v_progress
    from metering.holds_of_operation(p_bucket, p_operation) h
    having bool_or(h.progress > 0);
  if v_progress is not null then
    perform metering.charge_operation(p_bucket, p_operation, v_progress, null, null, false, 1, p_now);
    return 'settled';
  end if;
  perform metering.release_hold(p_bucket, o.customer_id, o.operation_id)
    from metering.operation o where o.bucket = p_bucket and o.operation_id = p_operation;
  update metering.operation o
    set state = 'expired', fence = o.fence + 1, ended_at = p_now, crashes = o.crashes + 1
    where o.bucket = p_bucket and o.operation_id = p_operation;
  return 'expired';
end $$;
