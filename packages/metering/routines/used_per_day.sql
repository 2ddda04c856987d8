-- What was charged in a span of time, by day (UTC), procedure and meter, with how many operations were charged for it, and how many were
-- released. Of operations that began in the span: a call is charged within minutes of that.
create or replace function metering.used_per_day(p_bucket smallint, p_from timestamptz, p_until timestamptz) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    with began as (
      select (o.created_at at time zone 'UTC')::date as day, o.operation_id, o.procedure, o.meter, o.state, o.charged, o.further
      from metering.operation o
      where o.bucket = p_bucket and o.created_at >= p_from and o.created_at < p_until),
    charges as (
      select b.day, b.procedure, b.meter, b.state, b.charged from began b
      union all
      select b.day, b.procedure, f.meter, b.state, f.charged from began b
      join metering.further_hold f on f.bucket = p_bucket and f.operation_id = b.operation_id
      where b.further)
    select coalesce(jsonb_agg(jsonb_build_object('day', x.day, 'procedure', x.procedure, 'meter', x.meter, 'credits', x.credits,
      'charged', x.settled, 'released', x.released) order by x.day, x.procedure, x.meter), '[]')
    from (
      select c.day, c.procedure, c.meter, coalesce(sum(c.charged), 0) as credits,
        count(*) filter (where c.state = 'settled') as settled,
        count(*) filter (where c.state in ('voided', 'expired')) as released
      from charges c group by c.day, c.procedure, c.meter) x);
end $$;
