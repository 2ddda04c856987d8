const TABLES = [
  'customer',
  'account',
  'operation',
  'further_hold',
  'outbox',
  'balance_change',
  'spend_limit',
  'usage_change',
  'aged_key',
  'provider_cost',
]
/** The tables of a backup, including the owned buckets. */
const KEPT = [...TABLES, 'bucket']

/** Empties every table of metering. */
export const EMPTY_TABLES = `truncate ${[...TABLES, 'audit'].map((name) => `metering.${name}`).join(', ')}`

/** Starts a schedule: sets the session's time zone and resets the clock's ticks. */
export const START_SCHEDULE = 'select metering.model_begin($1)'

/** Sets the clock of the session. */
export const SET_CLOCK = 'select metering.model_clock($1)'

/** Copies every table into its backup table. */
export const BACK_UP = 'select model.back_up()'

/** Restores every row from the backup tables, bypassing the guards as a real restore does. */
export const RESTORE = 'select model.restore()'

/** What the model adds to metering's schema: a settable clock and a record of every transition. */
export const MODEL_SCHEMA: readonly string[] = [
  // Backup tables have their own schema, so that moving a bucket leaves its backup behind.
  'create schema model',
  'create sequence metering.model_ticks',
  `create function metering.model_clock(p_now text) returns text language sql volatile
     return set_config('model.clock', p_now, false)`,
  `create function metering.model_begin(p_zone text) returns text language sql volatile
     return set_config('TimeZone', p_zone, false) || setval('metering.model_ticks', 1, false)`,
  // The model's time plus one microsecond for every transaction that reads it, so that no two see the same instant.
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
  ...KEPT.map((name) => `create unlogged table model.${name} (like metering.${name})`),
  // Background statistics would change query plans at arbitrary times, and with them the order of results.
  ...KEPT.flatMap((name) =>
    ['metering', 'model'].map(
      (schema) => `alter table ${schema}.${name} set (autovacuum_enabled = false)`,
    ),
  ),
  `create function model.back_up() returns void language plpgsql as $$
   begin
     ${KEPT.map((name) => `delete from model.${name}; insert into model.${name} select * from metering.${name};`).join('\n')}
   end $$`,
  `create function model.restore() returns void language plpgsql as $$
   begin
     perform set_config('session_replication_role', 'replica', true);
     ${KEPT.map((name) => `delete from metering.${name}; insert into metering.${name} select * from model.${name};`).join('\n')}
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
  // Of an operation's first meter. A limit may be lowered below what is already spent: only later spending exceeds it.
  `create function metering.audit_limit() returns trigger language plpgsql as $$
   begin
     if exists (
       select 1 from unnest(string_to_array(concat_ws(' ', 'customer', new.subjects), ' ')) s(subject)
       left join metering.spend_limit l
         on l.bucket = new.bucket and l.customer_id = new.customer_id and l.meter = new.meter and l.subject = s.subject
       where l.amount is null and s.subject like 'run:%'
          or l.amount < metering.charged_to_subject(new.bucket, new.customer_id, new.meter, s.subject, case
               when l.period is null then l.counted_from
               else metering.month_of(metering.clock())::timestamp at time zone 'UTC' end)
             + (select coalesce(sum(case when o.meter = new.meter then o.held else f.held end), 0)
                from metering.operation o
                left join metering.further_hold f on f.operation_id = o.operation_id and f.meter = new.meter
                where o.customer_id = new.customer_id and o.state = 'executing'
                  and (s.subject = 'customer' or s.subject = any (string_to_array(o.subjects, ' ')))))
     then
       insert into metering.audit values ('past the limit');
     end if;
     return null;
   end $$`,
  `create trigger audit_limit_placed after insert on metering.operation
     for each row execute function metering.audit_limit()`,
  `create trigger audit_limit_passed after update on metering.operation
     for each row when (
       new.state = 'executing' and (old.state <> 'executing' or new.held > old.held)
       or new.state = 'settled' and old.state <> 'settled' and (old.state = 'expired' and new.charged > 0 or new.charged > old.held))
     execute function metering.audit_limit()`,
  `create trigger audit_operation after insert or update on metering.operation
     for each row execute function metering.audit_operation()`,
]
