-- An instant in UTC with all of its microseconds: texts of one length, which compare as the instants do.
create or replace function metering.micros_text(p_at timestamptz) returns text
  language sql stable as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;
