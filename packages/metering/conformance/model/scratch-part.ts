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

/** A migrated database of a run: the model sets its clock, and it records every transition. */
export type ScratchPart = {
  /** The clock is set before every statement. */
  database: Database
  /** Queries without setting the clock. */
  bare: Database
  begin(clock: ModelClock): Promise<void>
  backUp(): Promise<void>
  restore(): Promise<void>
  /** Empties every table and counts the recorded transitions. */
  reset(coverage: Coverage): Promise<void>
  close(): Promise<void>
}

/** Generous, because a slow machine must not fail a run. */
const ACQUIRE_TIMEOUT_MS = 120_000

/** Adds what the model needs to a migrated database. */
export async function openScratchPart(
  url: string,
  settings: Record<string, string>,
): Promise<ScratchPart> {
  // No run depends on durability after a power failure; the crash tests cover that.
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

/** Effects run one at a time, so one connection is enough, and no query plan depends on which one is used. */
export function openOne(url: string, settings: Record<string, string> = {}): Database {
  return openDatabase({ url, maxConnections: 1, acquireTimeoutMs: ACQUIRE_TIMEOUT_MS, settings })
}

/** Sets a session's clock before a statement if the clock has moved since the last. */
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
