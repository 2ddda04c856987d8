-- Whether the backend should be asked again: the knowledge is old, doubtful, or from a period that has ended.
create or replace function metering.is_due(
    p_synced_at timestamptz, p_doubtful boolean, p_period_end timestamptz, p_fresh_ms bigint, p_now timestamptz)
  returns boolean language sql immutable parallel safe as $$
    select p_synced_at is null or p_doubtful or metering.after_ms(p_synced_at, p_fresh_ms) <= p_now
      or coalesce(p_period_end <= p_now and p_synced_at < p_period_end, false) $$;
