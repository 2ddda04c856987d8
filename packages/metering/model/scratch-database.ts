import {
  type Database,
  ensureDatabase,
  hotPathSettings,
  migrate,
  openDatabase,
} from '@tollgate/database'
import { METERING_MIGRATIONS } from '../src/migrations.ts'
import type { Coverage } from './coverage.ts'

/** A database for one run: its clock is a number in a table, and it remembers every transition. */
export type ScratchDatabase = {
  database: Database
  advance(ms: number): Promise<void>
  /** Empties every table between two schedules and counts the transitions that were made. */
  reset(coverage: Coverage): Promise<void>
  close(): Promise<void>
}

/** Makes a migrated database on a server that may lose it. */
export async function openScratchDatabase(server: string, name: string): Promise<ScratchDatabase> {
  await ensureDatabase({ url: server, name })
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = openDatabase({
    url: url.href,
    maxConnections: 8,
    // What a run finds does not hang on what survives a power failure; the crash programme looks at that.
    settings: { ...hotPathSettings, synchronous_commit: 'off' },
  })
  await migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })
  for (const text of VIRTUAL_CLOCK) await database.query({ text })
  return {
    database,
    close: () => database.close(),
    async advance(ms) {
      await database.query({
        name: 'model.advance',
        text: 'update metering.virtual_clock set ms = ms + $1',
        values: [ms],
      })
    },
    async reset(coverage) {
      const rows = await database.query<{ transition: string; times: number }>({
        text: 'select transition, count(*)::integer as times from metering.audit group by 1',
      })
      for (const { transition, times } of rows) coverage.reach(`transition ${transition}`, times)
      // A statement of the last schedule may still be on its way; the transaction starts over when they meet.
      await database.transaction((transaction) =>
        transaction.query({
          text: 'truncate metering.customer, metering.account, metering.operation, metering.hold, metering.usage_event, metering.audit',
        }),
      )
    },
  }
}

/** Every reading is a microsecond later than the one before, so that no two instants are the same. */
const VIRTUAL_CLOCK = [
  'create unlogged table metering.virtual_clock (ms bigint not null)',
  'insert into metering.virtual_clock values (0)',
  'create sequence metering.virtual_ticks',
  `create or replace function metering.clock() returns timestamptz language sql volatile as $$
     select timestamptz '2026-01-01Z' + (select ms from metering.virtual_clock) * interval '1 millisecond'
       + nextval('metering.virtual_ticks') * interval '1 microsecond' $$`,
  'create unlogged table metering.audit (transition text not null)',
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
     if new.held + (select coalesce(sum(h.charged), 0) from metering.hold h join metering.operation o using (customer_id, operation_id)
                    where h.customer_id = new.customer_id and h.meter = new.meter and h.state = 'charged'
                      and date_trunc('month', o.ended_at at time zone 'UTC') = date_trunc('month', metering.clock() at time zone 'UTC'))
        > new.spend_cap then
       insert into metering.audit values ('past the cap');
     end if;
     return null;
   end $$`,
  `create trigger audit_cap after update of held on metering.account
     for each row when (new.held > old.held and new.spend_cap is not null) execute function metering.audit_cap()`,
  `create trigger audit_operation after insert or update on metering.operation
     for each row execute function metering.audit_operation()`,
]
