-- Customers the backend must be asked about although none of them has come back: their events have no subscription yet, or
-- their last reading is doubtful. Each is named once per pause, and the pauses of one that cannot be read double, so that
-- unreadable customers take turns with the others.
create or replace function metering.take_customers_to_sync(
    p_bucket smallint, p_limit integer, p_fresh_ms bigint, p_pause_ms bigint, p_pause_max_ms bigint)
  returns jsonb language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_taken jsonb;
begin
  perform metering.own_bucket(p_bucket);
  with wanted as (
    select c.customer_id from metering.customer c
    where c.bucket = p_bucket and c.doubtful
    union
    select e.customer_id from metering.outbox e where e.bucket = p_bucket and e.subscription_id is null),
  due as (
    select c.customer_id from wanted w
    cross join lateral (
      select c.customer_id, c.sync_retry_at from metering.customer c
      where c.bucket = p_bucket and c.customer_id = w.customer_id and c.sync_retry_at <= v_now
        and (c.synced_at is null or metering.after_ms(c.synced_at, p_fresh_ms) <= v_now) offset 0) c
    order by c.sync_retry_at, c.customer_id limit p_limit),
  taken as (
    update metering.customer c
      set sync_attempts = c.sync_attempts + 1,
          sync_retry_at = metering.after_ms(v_now, least(p_pause_max_ms, p_pause_ms * 2 ^ least(c.sync_attempts, 30))::bigint)
      from due d where c.bucket = p_bucket and c.customer_id = d.customer_id
      returning c.customer_id, c.name, c.email)
  select coalesce(jsonb_agg(jsonb_build_object('customerId', t.customer_id, 'name', t.name, 'email', t.email)
    order by t.customer_id), '[]')
    into v_taken from taken t;
  return v_taken;
end $$;
