-- A key is kept for its time from when its operation ended, not from when it began: what ended in the 29th day would be
-- forgotten in the 30th, and a retry would be charged again.
drop index metering.operation_key_age;
create index operation_key_age on metering.operation (ended_at) where key_hash is not null;

create or replace function metering.forget(p_limit integer, p_key_kept_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_results bigint;
  v_keys bigint;
begin
  update metering.operation o set result = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where result is not null and result_expires_at <= v_now order by result_expires_at, operation_id limit p_limit for update skip locked);
  get diagnostics v_results = row_count;
  update metering.operation o set key_hash = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where key_hash is not null and state <> 'executing'
        and ended_at <= metering.after_ms(v_now, -p_key_kept_ms)
      order by ended_at, operation_id limit p_limit for update skip locked);
  get diagnostics v_keys = row_count;
  return jsonb_build_object('results', v_results, 'keys', v_keys);
end $$;
