-- The calendar month (UTC) of an instant, in which a spend cap counts.
create or replace function metering.month_of(p_at timestamptz) returns date
  language sql immutable parallel safe
  as $$ select date_trunc('month', p_at at time zone 'UTC')::date $$;
