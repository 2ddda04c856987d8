-- When the calendar month (UTC) of an instant began.
create or replace function metering.month_start(p_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  as $$ select date_trunc('month', p_at at time zone 'UTC') at time zone 'UTC' $$;
