-- The version before counts what was charged against a monthly cap here, in the account.
create or replace function metering.note_spending() returns trigger language plpgsql as $$
declare
  v_month date := metering.month_of(metering.clock());
begin
  new.spent := case when old.spent_month = v_month then old.spent else 0 end + new.unsynced - old.unsynced;
  new.spent_month := v_month;
  return new;
end $$;

create or replace trigger note_spending before update of unsynced on metering.account for each row
  when (new.spend_cap is not null and new.unsynced > old.unsynced) execute function metering.note_spending();
