-- What a customer was charged per UTC day and meter, for a chart; days without use are left out.
create function metering.read_history(p_customer text, p_days integer) returns jsonb
  language sql as $$
    with used as (
      select to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, h.meter, sum(h.charged) as amount
      from metering.operation o join metering.hold h using (customer_id, operation_id)
      where o.customer_id = p_customer and o.attempt >= 1 and h.state = 'charged'
        and o.created_at >= (date_trunc('day', metering.clock() at time zone 'UTC') - make_interval(days => p_days - 1)) at time zone 'UTC'
      group by 1, 2)
    select coalesce(jsonb_agg(jsonb_build_object('day', day, 'meter', meter, 'amount', amount) order by day, meter), '[]')
    from used $$;
