-- Customers whose balance cannot be trusted until the backend is read again, those that wait longest for it first.
create or replace function metering.list_unsynced(p_bucket smallint, p_limit integer) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('customerId', x.customer_id, 'syncedAt', x.synced_at,
      'attempts', x.sync_attempts, 'retryAt', nullif(x.sync_retry_at, '-infinity')) order by x.sync_retry_at, x.customer_id), '[]')
    from (
      select * from metering.customer c
      where c.bucket = p_bucket and c.doubtful
      order by c.sync_retry_at, c.customer_id limit p_limit) x);
end $$;
