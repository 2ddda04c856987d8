-- A customer's meters and plan in one read.
create or replace function metering.read_customer(p_bucket smallint, p_customer text, p_fresh_ms bigint, p_stale_ms bigint) returns jsonb
  language plpgsql stable as $$
declare
  c metering.customer%rowtype;
  v_now timestamptz := metering.clock();
begin
  perform metering.own_bucket(p_bucket);
  select * into c from metering.customer cu where cu.bucket = p_bucket and cu.customer_id = p_customer;
  return jsonb_build_object('billing', c.billing, 'syncedAt', c.synced_at, 'asOf', v_now,
    'due', metering.is_due(c.synced_at, c.doubtful, c.period_end, p_fresh_ms, v_now),
    'stale', c.synced_at is null or metering.after_ms(c.synced_at, p_stale_ms) < v_now,
    'accounts', (
      select coalesce(jsonb_agg(metering.account_json(p_bucket, p_customer, a.meter)
        || jsonb_build_object('breakdown', a.breakdown) order by a.meter), '[]')
      from metering.account a where a.bucket = p_bucket and a.customer_id = p_customer));
end $$;
