-- Operations are deleted only once they have aged out: they ended a month ago, nothing of them is on its way, and nothing they were
-- charged for could be charged to another.
create or replace function metering.guard_operation_kept() returns trigger language plpgsql as $$
declare
  p_bucket smallint := (select min(d.bucket) from deleted d);
  v_until timestamptz := metering.clock() - interval '30 days';
begin
  if exists (
    select 1 from deleted d
    where d.bucket <> p_bucket or d.ended_at is null or d.ended_at > v_until or d.result is not null
      or d.state <> 'settled' and d.key <> d.operation_id
      or d.state = 'settled' and not exists (
        select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = d.key)
      or d.charge_key is not null and not exists (
        select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = d.charge_key)
      or exists (
        select 1 from metering.outbox e
        where e.bucket = p_bucket and e.customer_id = d.customer_id and e.operation_id = d.operation_id))
  then
    raise exception 'an operation is kept' using errcode = 'check_violation', constraint = 'operation_kept';
  end if;
  return null;
end $$;

create or replace trigger guard_operation_kept after delete on metering.operation
  referencing old table as deleted for each statement execute function metering.guard_operation_kept();

create or replace trigger guard_aged_key before update or delete on metering.aged_key
  for each row execute function metering.deny_change('the key of an operation is kept', 'operation_key_kept');
