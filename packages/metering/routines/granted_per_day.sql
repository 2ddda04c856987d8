-- Credits that customers got and lost at the backend in a span of time, by day (UTC), meter, reason and what they came from, as syncs
-- observed it.
create or replace function metering.granted_per_day(p_bucket smallint, p_from timestamptz, p_until timestamptz) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('day', x.day, 'meter', x.meter, 'reason', x.reason, 'name', x.name,
      'credits', x.credits, 'count', x.count) order by x.day, x.meter, x.reason, x.name), '[]')
    from (
      select (c.changed_at at time zone 'UTC')::date as day, c.meter, c.reason,
        case when c.reason = 'adjustment' then null else c.name end as name, sum(c.amount) as credits, count(*) as count
      from metering.balance_change c
      where c.bucket = p_bucket and c.changed_at >= p_from and c.changed_at < p_until
      group by 1, 2, 3, 4) x);
end $$;
