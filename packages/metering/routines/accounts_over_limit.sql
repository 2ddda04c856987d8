-- The accounts of a batch whose calls may come to more than a limit allows, as positions in p_customer; their calls are placed one
-- at a time. It asks in two steps. The first takes everything an account holds and every call of the batch for each subject's own,
-- which needs the limits alone; few calls come to the second, which counts what each subject holds.
create or replace function metering.accounts_over_limit(
    p_bucket smallint, p_customer text[], p_meter text[], p_limited boolean[], p_held bigint[],
    h_account integer[], h_hold integer[], h_subjects text[], p_now timestamptz)
  returns integer[] language plpgsql as $$
declare
  v_month timestamptz := metering.month_start(p_now);
  v_over integer[];
begin
  select array_agg(w.account) into v_over
  from (
    select h.account, sum(h.hold) as hold, bool_or(h.subjects like '%run:%') as has_run,
      string_to_array(concat_ws(' ', 'customer', string_agg(h.subjects, ' ')), ' ') as subjects
    from unnest(h_account, h_hold, h_subjects) h(account, hold, subjects)
    group by h.account
    having p_limited[h.account] or bool_or(h.subjects like '%run:%')) w
  cross join lateral (
    select count(*) filter (where w.has_run and l.subject like 'run:%') as runs,
      min(case when l.expires_at <= p_now then 0
        else l.amount - metering.spent_in_period(l.period, l.spent, l.counted_from, v_month) end) as amount
    from metering.spend_limit l
    where l.bucket = p_bucket and l.customer_id = p_customer[w.account] and l.meter = p_meter[w.account]
      and l.subject = any (w.subjects)) l
  where l.amount < p_held[w.account] + w.hold
    or w.has_run and l.runs < (select count(distinct s.subject) from unnest(w.subjects) s(subject) where s.subject like 'run:%');
  if v_over is null then return '{}'; end if;

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
