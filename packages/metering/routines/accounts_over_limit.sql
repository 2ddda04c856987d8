-- The accounts of a batch whose calls may come to more than a limit allows, as positions in p_customer; their calls are placed one
-- at a time. It asks in two steps. The first takes everything an account holds and every call of the batch for each subject's own,
-- which needs the limits alone; few calls come to the second, which counts what each subject holds.
create or replace function metering.accounts_over_limit(
    p_bucket smallint, p_customer text[], p_meter text[], p_limited boolean[], p_held bigint[],
    h_account integer[], h_hold integer[], h_subjects text[], p_now timestamptz)
  returns integer[] language plpgsql as $$
declare
  v_month timestamptz := metering.month_start(p_now);
  v_subjects text[] := metering.distinct_subjects(h_subjects);
  v_over integer[] := '{}';
begin
  if true = any (p_limited) then
    select coalesce(array_agg(w.account), '{}') into v_over
    from (select h.account, sum(h.hold) as hold from unnest(h_account, h_hold) h(account, hold) group by h.account) w
    join metering.spend_limit l on l.customer_id = p_customer[w.account] and l.meter = p_meter[w.account]
    where l.bucket = p_bucket and l.customer_id = any (p_customer) and l.meter = any (p_meter) and l.subject = any (v_subjects)
      and p_held[w.account] + w.hold > case when l.expires_at <= p_now then 0
        else l.amount - metering.spent_in_period(l.period, l.spent, l.counted_from, v_month) end;
  end if;
  if exists (select 1 from unnest(v_subjects) s(subject) where s.subject like 'run:%') then
    select v_over || coalesce(array_agg(h.account), '{}') into v_over
    from unnest(h_account, h_subjects) h(account, subjects)
    cross join lateral unnest(string_to_array(h.subjects, ' ')) s(subject)
    left join metering.spend_limit l on l.bucket = p_bucket and l.customer_id = p_customer[h.account]
      and l.meter = p_meter[h.account] and l.subject = s.subject
      and l.customer_id = any (p_customer) and l.meter = any (p_meter) and l.subject = any (v_subjects)
    where s.subject like 'run:%' and l.subject is null;
  end if;
  if v_over = '{}' then return v_over; end if;

  select array_agg(distinct w.account) into v_over
  from (
    select h.account, string_agg(h.subjects, ' ') as subjects
    from unnest(h_account, h_subjects) h(account, subjects)
    where h.account = any (v_over) group by h.account) w
  cross join lateral metering.limit_standings(p_bucket, p_customer[w.account], p_meter[w.account], w.subjects, p_now) l
  where l.room < (
    select sum(h.hold) from unnest(h_account, h_hold, h_subjects) h(account, hold, subjects)
    where h.account = w.account and l.subject = any (string_to_array(concat_ws(' ', 'customer', h.subjects), ' ')));
  return coalesce(v_over, '{}');
end $$;
