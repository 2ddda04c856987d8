create or replace function metering.next_month(p_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  as $$ select (metering.month_of(p_at) + interval '1 month') at time zone 'UTC' $$;
