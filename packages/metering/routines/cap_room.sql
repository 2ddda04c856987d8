-- What may still be held this month; null without a cap, and a comparison with null refuses no one.
create or replace function metering.cap_room(
    p_cap bigint, p_held bigint, p_spent bigint, p_spent_month date, p_now timestamptz)
  returns bigint language sql immutable parallel safe as $$
    select case when p_cap is not null then
      greatest(0, p_cap - p_held - case when p_spent_month = metering.month_of(p_now) then p_spent else 0 end) end $$;
