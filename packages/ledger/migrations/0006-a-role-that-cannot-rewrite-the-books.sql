-- The backend works under this role: it may add entries and events but neither change nor remove them, and it cannot
-- write a balance at all, which only the trigger on the entries does. Roles belong to the whole server, so it may exist
-- already; where the owner may not make roles, the triggers alone keep the books.
do $$
begin
  create role tollgate_ledger nologin;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then raise notice 'no right to make the role tollgate_ledger; the triggers remain';
end $$;

do $$
begin
  if not exists (select from pg_roles where rolname = 'tollgate_ledger') then return; end if;
  execute format('grant usage on schema %I to tollgate_ledger', current_schema());
  execute format('grant select, insert, update on all tables in schema %I to tollgate_ledger', current_schema());
  -- Tables of later migrations too; what they must not allow they take back themselves.
  execute format('alter default privileges in schema %I grant select, insert, update on tables to tollgate_ledger', current_schema());
  revoke update on ledger_entry, usage_event from tollgate_ledger;
  revoke insert, update on meter_balance from tollgate_ledger;
  if exists (select from information_schema.tables where table_schema = current_schema() and table_name = 'migration') then
    revoke insert, update on migration from tollgate_ledger;
  end if;
end $$;

-- It runs with its owner's rights: whoever may add an entry moves the balance by it, and in no other way.
alter function keep_balance() security definer;
alter function keep_balance() set search_path from current;

-- Refunds name a payment without its customer.
create index payment_by_id on payment (organization_id, id);
