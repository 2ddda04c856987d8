-- What was used in a span of time and what it cost at the provider, by day (UTC), procedure and model; an operation that used several
-- is counted under all of them together. Operations whose cost is not known have lines of their own, so that every line is known or is
-- not. Of operations that began in the span: a call is charged within minutes of that.
create or replace function metering.used_by_model(p_bucket smallint, p_from timestamptz, p_until timestamptz) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    with began as (
      select (o.created_at at time zone 'UTC')::date as day, o.operation_id, o.procedure, o.meter, o.state, o.charged, o.further,
        coalesce(c.model, '') as model, coalesce(c.is_known, false) as is_known, c.cost_micros, c.is_estimate
      from metering.operation o
      left join lateral (
        select string_agg(distinct p.model, ', ' order by p.model) as model, sum(p.cost_micros) as cost_micros,
          bool_and(p.cost_micros is not null) as is_known, bool_or(p.source = 'estimated') as is_estimate
        from metering.provider_cost p where p.bucket = p_bucket and p.operation_id = o.operation_id) c on true
      where o.bucket = p_bucket and o.created_at >= p_from and o.created_at < p_until),
    charges as (
      select b.day, b.procedure, b.model, b.is_known, b.meter, b.charged from began b
      union all
      select b.day, b.procedure, b.model, b.is_known, f.meter, f.charged from began b
      join metering.further_hold f on f.bucket = p_bucket and f.operation_id = b.operation_id
      where b.further),
    credits as (
      select x.day, x.procedure, x.model, x.is_known, jsonb_object_agg(x.meter, x.credits) as credits
      from (
        select c.day, c.procedure, c.model, c.is_known, c.meter, sum(c.charged) as credits
        from charges c where c.charged > 0 group by c.day, c.procedure, c.model, c.is_known, c.meter) x
      group by x.day, x.procedure, x.model, x.is_known),
    calls as (
      select b.day, b.procedure, b.model, b.is_known,
        count(*) filter (where b.state = 'settled') as charged,
        count(*) filter (where b.state in ('voided', 'expired')) as released,
        -- Work that failed without a word of a provider had asked none; that of a process that is gone may have.
        count(*) filter (where not b.is_known and (b.state in ('settled', 'expired') or b.model <> '')) as unknown,
        count(*) filter (where b.is_known and b.is_estimate) as estimated,
        sum(b.cost_micros) filter (where b.is_known) as cost_micros,
        coalesce(sum(b.cost_micros) filter (where b.is_known and b.state in ('voided', 'expired')), 0) as released_micros
      from began b group by b.day, b.procedure, b.model, b.is_known)
    select coalesce(jsonb_agg(jsonb_build_object('day', c.day, 'procedure', c.procedure, 'model', nullif(c.model, ''),
      'credits', coalesce(e.credits, '{}'), 'charged', c.charged, 'released', c.released, 'unknown', c.unknown,
      'estimated', c.estimated, 'costMicros', c.cost_micros, 'releasedMicros', c.released_micros)
      order by c.day, c.procedure, c.model, c.is_known), '[]')
    from calls c
    left join credits e on e.day = c.day and e.procedure = c.procedure and e.model = c.model and e.is_known = c.is_known);
end $$;
