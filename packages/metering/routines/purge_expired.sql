-- Purges what is past its retention, measured from the end of the operation: stored results, and keys of operations that
-- were never charged. The key of a settled operation is kept as long as its row. Limits of runs go a day after these have ended:
-- without one a run may spend nothing, either.
create or replace function metering.purge_expired(p_bucket smallint, p_limit integer, p_key_kept_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_purged uuid[];
  v_results integer;
  v_keys integer;
  v_limits integer;
begin
  perform metering.own_bucket(p_bucket);
  select coalesce(array_agg(x.operation_id), '{}') into v_purged from (
    select o.operation_id from metering.operation o
    where o.bucket = p_bucket and o.result is not null and o.result_expires_at <= v_now
    order by o.result_expires_at limit p_limit for update skip locked) x;
  update metering.operation o set result = null where o.bucket = p_bucket and o.operation_id = any (v_purged);
  get diagnostics v_results = row_count;
  select coalesce(array_agg(x.operation_id), '{}') into v_purged from (
    select o.operation_id from metering.operation o
    where o.bucket = p_bucket and o.state in ('voided', 'expired') and o.key <> o.operation_id
      and o.ended_at <= v_now - p_key_kept_ms * interval '1 millisecond'
    order by o.ended_at limit p_limit for update skip locked) x;
  update metering.operation o set key = o.operation_id where o.bucket = p_bucket and o.operation_id = any (v_purged);
  get diagnostics v_keys = row_count;
  delete from metering.spend_limit l
    using (
      select x.customer_id, x.meter, x.subject from metering.spend_limit x
      where x.bucket = p_bucket and x.expires_at <= v_now - interval '1 day'
      order by x.expires_at limit p_limit for update skip locked) x
    where l.bucket = p_bucket and l.customer_id = x.customer_id and l.meter = x.meter and l.subject = x.subject
      and l.expires_at <= v_now - interval '1 day';
  get diagnostics v_limits = row_count;
  return jsonb_build_object('results', v_results, 'keys', v_keys, 'limits', v_limits);
end $$;
