import {
  type Database,
  hotPathSettings,
  openDatabase,
  type Row,
  type Statement,
} from '@tollgate/database'
import type { Coverage } from './coverage.ts'
import type { ModelClock } from './scratch.ts'
import {
  BACK_UP,
  EMPTY_TABLES,
  MODEL_SCHEMA,
  RESTORE,
  SET_CLOCK,
  START_SCHEDULE,
} from './store-schema.ts'

/** A migrated database of a run: its clock is what the model says, and it remembers every transition. */
export type ScratchPart = {
  /** The clock is set before every statement. */
  database: Database
  /** Whatever the clock says. */
  bare: Database
  begin(clock: ModelClock): Promise<void>
  backUp(): Promise<void>
  restore(): Promise<void>
  /** Empties every table and counts the transitions that were made. */
  reset(coverage: Coverage): Promise<void>
  close(): Promise<void>
}

/** A busy machine is no reason to end a run. */
const ACQUIRE_TIMEOUT_MS = 120_000

/** Adds what the model needs to a migrated database. */
export async function openScratchPart(
  url: string,
  settings: Record<string, string>,
): Promise<ScratchPart> {
  // What a run finds does not hang on what survives a power failure; the crash programme looks at that.
  const bare = openOne(url, { ...hotPathSettings, synchronous_commit: 'off', ...settings })
  for (const text of MODEL_SCHEMA) await bare.query({ text })
  const { database, begin } = followClock(bare)
  return {
    database,
    bare,
    begin,
    backUp: async () => void (await bare.query({ text: BACK_UP })),
    restore: async () => void (await bare.query({ text: RESTORE })),
    async reset(coverage) {
      const rows = await bare.query<{ transition: string; times: number }>({
        text: 'select transition, count(*)::integer as times from metering.audit group by 1',
      })
      for (const { transition, times } of rows) coverage.reach(`transition ${transition}`, times)
      await bare.query({ text: EMPTY_TABLES })
    },
    close: bare.close,
  }
}

/** One effect proceeds at a time, so that one connection is enough and no plan depends on which it is. */
export function openOne(url: string, settings: Record<string, string> = {}): Database {
  return openDatabase({ url, maxConnections: 1, acquireTimeoutMs: ACQUIRE_TIMEOUT_MS, settings })
}

/** Sets the clock of a session before each of its statements, when it has moved. */
export function followClock(bare: Database): {
  database: Database
  begin: (clock: ModelClock) => Promise<void>
} {
  let now = () => ''
  let current = ''
  async function follow(): Promise<void> {
    const instant = now()
    if (instant === current) return
    await bare.query({ name: 'model.clock', text: SET_CLOCK, values: [instant] })
    current = instant
  }
  return {
    database: {
      ...bare,
      async query<R extends Row>(statement: Statement) {
        await follow()
        return bare.query<R>(statement)
      },
    },
    async begin(clock) {
      now = clock.now
      await bare.query({ text: START_SCHEDULE, values: [clock.zone] })
    },
  }
}
