-- A charge leaves the outbox when the backend has it, and a sync writes down what else changed a balance: both are off the path of
-- a call, and nothing changes what was used of what was granted without one of them.
create or replace function metering.note_usage_change() returns trigger language plpgsql as $$
begin
  insert into metering.usage_change (bucket, customer_id)
    select distinct c.bucket, c.customer_id from changed c order by c.bucket, c.customer_id
    on conflict (bucket, customer_id) do update set change_id = excluded.change_id;
  return null;
end $$;

create or replace trigger note_delivered_usage after delete on metering.outbox
  referencing old table as changed for each statement execute function metering.note_usage_change();

create or replace trigger note_balance_change after insert on metering.balance_change
  referencing new table as changed for each statement execute function metering.note_usage_change();
