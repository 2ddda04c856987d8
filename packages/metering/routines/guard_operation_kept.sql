-- An operation is deleted only once it has aged out: it ended a month ago, nothing of it is on its way, and nothing it was charged
-- for could be charged to another.
create or replace function metering.guard_operation_kept() returns trigger language plpgsql as $$
declare
  p_bucket smallint := old.bucket;
begin
  if old.ended_at is not null and old.result is null and old.ended_at <= metering.clock() - interval '30 days'
     and (old.state = 'settled' or old.key = old.operation_id)
     and (old.state <> 'settled' or exists (
       select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = old.key))
     and (old.charge_key is null or exists (
       select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = old.charge_key))
     and not exists (
       select 1 from metering.outbox e
       where e.bucket = p_bucket and e.customer_id = old.customer_id and e.operation_id = old.operation_id)
  then return old; end if;
  raise exception 'an operation is kept' using errcode = 'check_violation', constraint = 'operation_kept';
end $$;

create or replace trigger guard_operation_kept before delete on metering.operation
  for each row execute function metering.guard_operation_kept();

create or replace trigger guard_aged_key before update or delete on metering.aged_key
  for each row execute function metering.deny_change('the key of an operation is kept', 'operation_key_kept');
