-- Counts what operations were charged against the limits of their subjects: one statement, whose rows are guarded by the locks of the
-- accounts. `e_account` is a position in p_customer.
create or replace function metering.count_spending(
    p_bucket smallint, p_customer text[], p_meter text[], e_account integer[], e_charged integer[], e_subjects text[],
    p_now timestamptz)
  returns void language plpgsql as $$
declare
  v_month timestamptz := metering.month_start(p_now);
  v_subjects text[] := metering.distinct_subjects(e_subjects);
begin
  update metering.spend_limit l
    set spent = m.charged + metering.spent_in_period(l.period, l.spent, l.counted_from, v_month),
        counted_from = case when l.period is null then l.counted_from else greatest(l.counted_from, v_month) end
    from (
      select e.account, s.subject, sum(e.charged) as charged
      from unnest(e_account, e_charged, e_subjects) e(account, charged, subjects)
      cross join lateral unnest(string_to_array(concat_ws(' ', 'customer', e.subjects), ' ')) s(subject)
      where e.charged > 0 group by e.account, s.subject) m
    where l.bucket = p_bucket and l.customer_id = p_customer[m.account] and l.meter = p_meter[m.account] and l.subject = m.subject
      and l.customer_id = any (p_customer) and l.meter = any (p_meter) and l.subject = any (v_subjects);
end $$;
