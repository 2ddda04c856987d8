const TABLES = ['customer', 'account', 'operation', 'further_hold', 'outbox', 'balance_change']
/** A table's copy in the last backup. */
const twinOf = (name: string) => `model_${name}`

/** Empties every table of metering. */
export const EMPTY_TABLES = `truncate ${[...TABLES, 'audit'].map((name) => `metering.${name}`).join(', ')}`

/** Starts a schedule: the time zone of the session, and the ticks of the clock. */
export const START_SCHEDULE = `select set_config('TimeZone', $1, false), setval('metering.model_ticks', 1, false)`

/** Copies every table into its twin. */
export const BACK_UP = 'select metering.model_back_up()'

/** Puts every row back as the twins have it, whatever the guards say: a restore asks none. */
export const RESTORE = 'select metering.model_restore()'

/** What the model adds to metering's own schema: a clock that it sets, and a record of every transition. */
export const MODEL_SCHEMA: readonly string[] = [
  'create sequence metering.model_ticks',
  // What the model says, and one more microsecond for every transaction that asks, so that no two see the same instant.
  `create or replace function metering.clock() returns timestamptz language plpgsql volatile as $$
   declare
     v_tick text := nullif(current_setting('model.tick', true), '');
   begin
     if v_tick is null then
       v_tick := set_config('model.tick', nextval('metering.model_ticks')::text, true);
     end if;
     return current_setting('model.clock')::timestamptz + v_tick::bigint * interval '1 microsecond';
   end $$`,
  'create unlogged table metering.audit (transition text not null)',
  ...TABLES.map((name) => `create unlogged table metering.${twinOf(name)} (like metering.${name})`),
  // Statistics that are gathered in the background, at whatever time, change plans, and with them the order of what an answer lists.
  ...[...TABLES, ...TABLES.map(twinOf)].map(
    (name) => `alter table metering.${name} set (autovacuum_enabled = false)`,
  ),
  `create function metering.model_back_up() returns void language plpgsql as $$
   begin
     ${TABLES.map((name) => `delete from metering.${twinOf(name)}; insert into metering.${twinOf(name)} select * from metering.${name};`).join('\n')}
   end $$`,
  `create function metering.model_restore() returns void language plpgsql as $$
   begin
     perform set_config('session_replication_role', 'replica', true);
     ${TABLES.map((name) => `delete from metering.${name}; insert into metering.${name} select * from metering.${twinOf(name)};`).join('\n')}
   end $$`,
  `create function metering.audit_operation() returns trigger language plpgsql as $$
   begin
     insert into metering.audit select case
       when tg_op = 'INSERT' then 'new → executing'
       when old.state = new.state and old.state <> 'executing' then 'none'
       else old.state || ' → ' || new.state || case
         when old.state = 'executing' and new.state = 'executing' and new.attempt = old.attempt then ' (beat)'
         when old.state = 'executing' and new.state = 'executing' then ' (taken over)'
         when old.state = 'executing' and new.state = 'settled' and new.crashes > old.crashes then ' (swept stream)'
         when old.state = 'executing' and new.state = 'voided' and new.crashes > old.crashes then ' (poisoned)'
         when new.late and not old.late then ' (late)'
         else '' end
     end;
     if old.state = 'executing' and new.state = 'expired' and old.lease_until >= metering.clock() then
       insert into metering.audit values ('early');
     end if;
     return null;
   end $$`,
  `create function metering.audit_cap() returns trigger language plpgsql as $$
   begin
     if new.held + metering.charged_since(new.bucket, new.customer_id, new.meter,
          metering.month_of(metering.clock())::timestamp at time zone 'UTC') > new.spend_cap then
       insert into metering.audit values ('past the cap');
     end if;
     return null;
   end $$`,
  `create trigger audit_cap after update of held on metering.account
     for each row when (new.held > old.held and new.spend_cap is not null) execute function metering.audit_cap()`,
  `create trigger audit_operation after insert or update on metering.operation
     for each row execute function metering.audit_operation()`,
]
