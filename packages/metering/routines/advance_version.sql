-- Statements of the hot path raise the version themselves; none can miss it.
create or replace function metering.advance_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;

create or replace trigger advance_version before update on metering.account for each row
  when (new.version <= old.version) execute function metering.advance_version();
