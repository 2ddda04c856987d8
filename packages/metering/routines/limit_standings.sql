-- How every limit stands that bounds a call, exactly: `room` is what may still be held. The account is locked, so nothing moves.
-- A run spends only what it was given: without a limit of this meter, or after its end, it has no room.
create or replace function metering.limit_standings(
    p_bucket smallint, p_customer text, p_meter text, p_subjects text, p_now timestamptz)
  returns table (subject text, amount bigint, period text, room bigint)
  language plpgsql stable as $$
#variable_conflict use_column
declare
  v_month timestamptz := metering.month_start(p_now);
begin
  return query
    with running as materialized (
      select s.subject, sum(case when o.meter = p_meter then o.held else coalesce(f.held, 0) end)::bigint as held
      from metering.operation o
      left join lateral (
        select f.held from metering.further_hold f
        where o.further and f.bucket = p_bucket and f.operation_id = o.operation_id and f.meter = p_meter offset 0) f on true
      cross join lateral unnest(string_to_array(o.subjects, ' ')) s(subject)
      where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.ended_at is null
        and p_subjects is not null
      group by s.subject
      union all
      select 'customer', a.held from metering.account a
      where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter)
    select w.subject, coalesce(l.amount, 0), l.period,
      case when l.amount is null or l.expires_at <= p_now then 0
        else greatest(0, l.amount - metering.spent_in_period(l.period, l.spent, l.counted_from, v_month) - coalesce(r.held, 0)) end
    from (select distinct u.subject from unnest(string_to_array(concat_ws(' ', 'customer', p_subjects), ' ')) u(subject)) w
    left join lateral (
      select l.* from metering.spend_limit l
      where l.bucket = p_bucket and l.customer_id = p_customer and l.meter = p_meter and l.subject = w.subject offset 0) l on true
    left join running r on r.subject = w.subject
    where l.amount is not null or w.subject like 'run:%';
end $$;
