-- Renews the leases of running operations; answers the ids of those that are lost. A row that is locked is being ended or confirmed
-- by another statement right now; waiting for it here could deadlock, and the next heartbeat finds out.
create or replace function metering.renew_leases(p_bucket smallint, p_operation uuid[], p_fence integer[], p_lease_ms bigint)
  returns uuid[] language plpgsql as $$
declare
  v_now timestamptz;
  v_free uuid[];
begin
  perform metering.own_bucket(p_bucket);
  v_now := metering.clock();
  select coalesce(array_agg(o.operation_id), '{}') into v_free
  from unnest(p_operation, p_fence) w(operation_id, fence)
  cross join lateral (
    select o.operation_id from metering.operation o
    where o.bucket = p_bucket and o.operation_id = w.operation_id and o.ended_at is null and o.fence = w.fence
    for update skip locked) o;
  update metering.operation o
    set lease_until = least(o.deadline_at, v_now + p_lease_ms * interval '1 millisecond')
    where o.bucket = p_bucket and o.operation_id = any (v_free);
  return (
    select coalesce(array_agg(w.operation_id order by w.operation_id), '{}')
    from unnest(p_operation, p_fence) w(operation_id, fence)
    where not exists (
      select 1 from metering.operation o
      where o.bucket = p_bucket and o.operation_id = w.operation_id and o.ended_at is null and o.fence = w.fence offset 0));
end $$;
