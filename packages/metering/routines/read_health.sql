-- What runs, how long the oldest has run, and how many customers with undelivered usage were read too long ago to sell to. The
-- customers are looked up one by one: a join would read all there are.
create or replace function metering.read_health(p_bucket smallint, p_stale_after_ms bigint) returns jsonb
  language plpgsql stable as $$
declare
  v_now timestamptz := metering.clock();
begin
  perform metering.own_bucket(p_bucket);
  return (
    select jsonb_build_object(
      'running', count(*),
      'oldestRunningMs', coalesce(greatest(0, floor(extract(epoch from v_now - min(o.started_at)) * 1000)), 0))
    from metering.operation o where o.bucket = p_bucket and o.state = 'executing')
  || (
    select jsonb_build_object('staleCustomers', count(*))
    from (select distinct e.customer_id from metering.outbox e where e.bucket = p_bucket) waiting
    where coalesce((
      select metering.after_ms(c.synced_at, p_stale_after_ms) < v_now
      from metering.customer c where c.bucket = p_bucket and c.customer_id = waiting.customer_id), true));
end $$;
