import { randomBytes } from 'node:crypto'
import {
  type Database,
  hotPathSettings,
  migrate,
  openDatabase,
  type Row,
  type Statement,
} from '@tollgate/database'
import { METERING_MIGRATIONS } from '../../src/migrations.ts'
import type { Coverage } from './coverage.ts'
import { BACK_UP, EMPTY_TABLES, MODEL_SCHEMA, RESTORE, START_SCHEDULE } from './store-schema.ts'

/** A database for one run: its clock is what the model says, and it remembers every transition. */
export type ScratchDatabase = {
  database: Database
  /** Starts a schedule: `now` is read before every statement, `zone` is the session's time zone. */
  begin(clock: { now: () => string; zone: string }): Promise<void>
  /** Keeps a copy of every row; the last one is kept. */
  backUp(): Promise<void>
  /** Puts the rows of the copy in place of what is there. */
  restore(): Promise<void>
  /** Empties every table between two schedules and counts the transitions that were made. */
  reset(coverage: Coverage): Promise<void>
  close(): Promise<void>
}

/** A busy machine is no reason to end a run. */
const ACQUIRE_TIMEOUT_MS = 120_000

/** Makes a migrated database on a server that may lose it. */
export async function openScratchDatabase(
  server: string,
  settings: Record<string, string> = {},
): Promise<ScratchDatabase> {
  const name = `model_${randomBytes(4).toString('hex')}`
  // Text sorts the same on every machine.
  await onServer(server, `create database "${name}" template template0 encoding 'UTF8' locale 'C'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const inner = openDatabase({
    url: url.href,
    // One effect proceeds at a time, so that one connection is enough and no plan depends on which it is.
    maxConnections: 1,
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
    // What a run finds does not hang on what survives a power failure; the crash programme looks at that.
    settings: { ...hotPathSettings, synchronous_commit: 'off', ...settings },
  })
  await migrate(inner, { directory: METERING_MIGRATIONS, name: 'metering' })
  for (const text of MODEL_SCHEMA) await inner.query({ text })
  let now = () => ''
  let current = ''

  async function follow(): Promise<void> {
    const instant = now()
    if (instant === current) return
    await inner.query({
      name: 'model.clock',
      text: `select set_config('model.clock', $1, false)`,
      values: [instant],
    })
    current = instant
  }

  return {
    database: {
      ...inner,
      async query<R extends Row>(statement: Statement) {
        await follow()
        return inner.query<R>(statement)
      },
    },
    async begin(clock) {
      now = clock.now
      await inner.query({ text: START_SCHEDULE, values: [clock.zone] })
    },
    backUp: async () => void (await inner.query({ text: BACK_UP })),
    restore: async () => void (await inner.query({ text: RESTORE })),
    async reset(coverage) {
      const rows = await inner.query<{ transition: string; times: number }>({
        text: 'select transition, count(*)::integer as times from metering.audit group by 1',
      })
      for (const { transition, times } of rows) coverage.reach(`transition ${transition}`, times)
      await inner.query({ text: EMPTY_TABLES })
    },
    async close() {
      await inner.close()
      await onServer(server, `drop database "${name}" with (force)`)
    },
  }
}

async function onServer(url: string, text: string): Promise<void> {
  const server = openDatabase({ url, maxConnections: 1, acquireTimeoutMs: ACQUIRE_TIMEOUT_MS })
  try {
    await server.query({ text })
  } finally {
    await server.close()
  }
}
