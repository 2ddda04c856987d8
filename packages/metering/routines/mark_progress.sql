-- Persists what of a stream has surely reached the caller; amounts { meter: total }. Answers whether it is still executing.
create or replace function metering.mark_progress(
    p_bucket smallint, p_customer text, p_operation uuid, p_fence integer, p_lease_ms bigint, p_amounts jsonb)
  returns boolean language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
begin
  perform metering.own_bucket(p_bucket);
  update metering.operation o
    set lease_until = least(o.deadline_at, v_now + p_lease_ms * interval '1 millisecond'),
        progress = greatest(o.progress, (p_amounts->>o.meter)::integer)
    where o.bucket = p_bucket and o.operation_id = p_operation and o.customer_id = p_customer and o.ended_at is null
      and o.fence = p_fence;
  if not found then return false; end if;
  update metering.further_hold f set progress = greatest(f.progress, (p_amounts->>f.meter)::integer)
    where f.bucket = p_bucket and f.operation_id = p_operation;
  return true;
end $$;
