-- Judges every transition that is not the common end of an executing operation under its own fence.
create or replace function metering.guard_operation() returns trigger language plpgsql as $$
begin
  if (old.state = 'settled' and (new.charged, new.held) is distinct from (old.charged, old.held))
     or not (case old.state
       when 'executing' then case new.state
         when 'executing' then (new.fence, new.attempt) in ((old.fence, old.attempt), (old.fence + 1, old.attempt + 1))
         when 'expired' then new.attempt = old.attempt and new.fence = old.fence + 1
         else new.attempt = old.attempt and new.fence in (old.fence, old.fence + 1)
       end
       when 'settled' then new.state = 'settled' and new.fence = old.fence and new.attempt = old.attempt
         and (new.result is null or new.result = old.result)
       when 'expired' then
            (new.state = 'executing' and new.fence = old.fence + 1 and new.attempt = old.attempt + 1)
         or (new.state = 'settled' and new.late and new.fence = old.fence and new.attempt = old.attempt)
         or (new.state = 'expired' and new.fence = old.fence and new.attempt = old.attempt)
       when 'voided' then
            (new.state = 'executing' and new.fence = old.fence + 1 and new.attempt = old.attempt + 1)
         or (new.state = 'voided' and new.fence = old.fence and new.attempt = old.attempt)
     end) then
    raise exception 'operation %: % (fence %, attempt %) cannot become % (fence %, attempt %)', old.operation_id,
      old.state, old.fence, old.attempt, new.state, new.fence, new.attempt
      using errcode = 'check_violation', constraint = 'operation_legal_transition';
  end if;
  return new;
end $$;

create or replace trigger guard_operation before update of state, fence, attempt, held, charged, result on metering.operation
  for each row when (old.state <> 'executing' or new.state = 'expired' or new.fence <> old.fence or new.attempt <> old.attempt)
  execute function metering.guard_operation();

create or replace trigger guard_operation_begins before insert on metering.operation
  for each row when (new.state <> 'executing' or new.fence <> 1 or new.attempt <> 1)
  execute function metering.deny_change('an operation begins executing, with attempt 1 and fence 1', 'operation_begins');

create or replace trigger guard_operation_itself before update of bucket, operation_id, customer_id, fingerprint, procedure, created_at
  on metering.operation for each row
  execute function metering.deny_change('an operation was made to be another', 'operation_is_itself');

-- A key is purged by becoming the operation's own id; that of a settled operation is kept, because the backend
-- deduplicates for ever and a purged key would be free work.
create or replace trigger guard_operation_key before update of key on metering.operation
  for each row when (new.key <> old.key and (new.key <> new.operation_id or old.state in ('executing', 'settled')))
  execute function metering.deny_change('the key of an operation is kept', 'operation_key_kept');

create or replace trigger guard_operation_charge before update of charge_key, charged_by on metering.operation
  for each row when (coalesce(old.charge_key, old.charged_by) is not null
    and (new.charge_key, new.charged_by) is distinct from (old.charge_key, old.charged_by))
  execute function metering.deny_change('what an operation was charged for does not change', 'operation_charge_kept');

create or replace trigger guard_operation_meter before update of meter on metering.operation
  for each row when (new.meter <> old.meter and (old.state not in ('voided', 'expired') or new.attempt <> old.attempt + 1))
  execute function metering.deny_change('only another attempt may be priced otherwise', 'operation_meter_kept');
