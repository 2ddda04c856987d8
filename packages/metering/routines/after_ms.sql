create or replace function metering.after_ms(p_from timestamptz, p_ms bigint) returns timestamptz
  language sql immutable parallel safe
  as $$ select p_from + p_ms * interval '1 millisecond' $$;
