-- What counts against a limit in the month that began at p_month: what was spent in an earlier one does not.
create or replace function metering.spent_in_period(p_period text, p_spent bigint, p_counted_from timestamptz, p_month timestamptz)
  returns bigint language sql immutable parallel safe as $$
    select case when p_period is null or p_counted_from >= p_month then p_spent else 0 end $$;
