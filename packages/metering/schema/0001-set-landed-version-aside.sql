-- A database of the version before keeps its tables in the schema `metering`; they make room here, and are copied from by
-- 0003. Two steps, so that a failure in between leaves either the old tables or both.
do $$
begin
  if to_regclass('metering.usage_event') is not null then
    alter schema metering rename to metering_landed;
  end if;
end $$;
