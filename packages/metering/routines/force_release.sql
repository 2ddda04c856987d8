-- Releases the hold of a running operation and fences its process off: whatever it still does is discarded.
create or replace function metering.force_release(p_bucket smallint, p_operation uuid) returns text
  language plpgsql as $$
declare
  o metering.operation%rowtype;
  v_now timestamptz;
begin
  perform metering.own_bucket(p_bucket);
  perform metering.lock_accounts(p_bucket,
      jsonb_build_array(jsonb_build_object('customerId', op.customer_id, 'operationId', op.operation_id)))
    from metering.operation op where op.bucket = p_bucket and op.operation_id = p_operation;
  select * into o from metering.operation op where op.bucket = p_bucket and op.operation_id = p_operation for update;
  if not found then return 'unknown'; end if;
  if o.state <> 'executing' then return o.state; end if;
  v_now := metering.clock();
  perform metering.release_hold(p_bucket, o.customer_id, o.operation_id);
  update metering.operation op set state = 'voided', fence = op.fence + 1, ended_at = v_now
    where op.bucket = p_bucket and op.operation_id = p_operation;
  return 'released';
end $$;
