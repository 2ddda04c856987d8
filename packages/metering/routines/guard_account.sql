-- No statement may hold or charge beyond what there is, whichever code runs it.
create or replace function metering.guard_account() returns trigger language plpgsql as $$
begin
  if new.held + new.unsynced > old.held + old.unsynced
     and new.synced_balance = old.synced_balance
     and not new.unlimited then
    raise exception 'account % % would be overspent', new.customer_id, new.meter
      using errcode = 'check_violation', constraint = 'account_not_overspent';
  end if;
  return new;
end $$;

create or replace trigger guard_account before update of held, unsynced on metering.account for each row
  when (new.synced_balance - new.unsynced - new.held < 0) execute function metering.guard_account();
