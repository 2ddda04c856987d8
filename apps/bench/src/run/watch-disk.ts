import type { Database } from '@tollgate/database'
import { z } from 'zod'
import type { Harness } from './open-harness.ts'

/** A database's WAL writes, and how often it waited for them to reach the disk. */
export type Written = { walBytes: number; fsyncs: number }

/** Starts to observe a harness's database; the returned function returns what was written since then. */
export async function watchDisk(harness: Harness): Promise<() => Promise<Written>> {
  const before = await read(harness)
  return async () => {
    const after = await read(harness)
    return { walBytes: after.walBytes - before.walBytes, fsyncs: after.fsyncs - before.fsyncs }
  }
}

async function read({ subject }: Harness): Promise<Written> {
  const walBytes = await readWalBytes(subject.database)
  await subject.child.request({ name: 'flushStatistics', answer: z.null() })
  return { walBytes, fsyncs: await readFsyncs(subject.database) }
}

async function readWalBytes(database: Database): Promise<number> {
  const [row] = await database.query<{ bytes: number }>({
    text: `select (pg_current_wal_lsn() - '0/0')::bigint as bytes`,
  })
  return row?.bytes ?? 0
}

/** The number of WAL flushes, as far as the database's connections have reported. */
export async function readFsyncs(database: Database): Promise<number> {
  const [row] = await database.query<{ fsyncs: number }>({
    text: `select coalesce(sum(fsyncs), 0)::bigint as fsyncs from pg_stat_io where object = 'wal'`,
  })
  return row?.fsyncs ?? 0
}
