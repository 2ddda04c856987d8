-- For guards whose condition stands in their WHEN clause.
create or replace function metering.deny_change() returns trigger language plpgsql as $$
begin
  raise exception '%', tg_argv[0] using errcode = 'check_violation', constraint = tg_argv[1];
end $$;
