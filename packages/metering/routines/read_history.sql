-- What a customer was charged per UTC day and meter, for a chart, by when it was charged; days without use are left out.
create or replace function metering.read_history(p_bucket smallint, p_customer text, p_days integer) returns jsonb
  language plpgsql stable as $$
declare
  v_from timestamptz := (date_trunc('day', metering.clock() at time zone 'UTC') - make_interval(days => p_days - 1)) at time zone 'UTC';
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('day', u.day, 'meter', u.meter, 'amount', u.amount) order by u.day, u.meter), '[]')
    from (
      select to_char(o.ended_at at time zone 'UTC', 'YYYY-MM-DD') as day, c.meter, sum(c.charged) as amount
      from metering.operation o
      cross join lateral (
        select o.meter, o.charged
        union all
        select f.meter, f.charged from metering.further_hold f
        where o.further and f.bucket = p_bucket and f.operation_id = o.operation_id) c
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.ended_at >= v_from
        and o.state = 'settled'
      group by 1, 2) u);
end $$;
