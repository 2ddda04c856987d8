-- The limits of one subject, or those of the customer, its members and its API keys: of runs there may be thousands.
create or replace function metering.list_limits(p_bucket smallint, p_customer text, p_subject text) returns jsonb
  language plpgsql stable as $$
declare
  v_now timestamptz := metering.clock();
  v_month timestamptz := metering.month_start(v_now);
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('subject', l.subject, 'meter', l.meter, 'amount', l.amount, 'period', l.period,
      'spent', metering.spent_in_period(l.period, l.spent, l.counted_from, v_month), 'left', s.room,
      'resetsAt', case when l.period = 'month' then metering.next_month(v_now) end, 'expiresAt', l.expires_at)
      order by l.subject, l.meter), '[]')
    from metering.spend_limit l
    cross join lateral (
      select s.room from metering.limit_standings(p_bucket, p_customer, l.meter, l.subject, v_now) s
      where s.subject = l.subject offset 0) s
    where l.bucket = p_bucket and l.customer_id = p_customer
      and case when p_subject is null then l.subject not like 'run:%' else l.subject = p_subject end);
end $$;
