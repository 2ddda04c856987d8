-- The only clock that leases, periods and keeping times are measured with. A test replaces this function in its own
-- database to move time; nothing a connection can set changes it.
create or replace function metering.clock() returns timestamptz
  language sql volatile parallel safe
  as 'select clock_timestamp()';
