import { statfs } from 'node:fs/promises'
import type { Database } from '@tollgate/database'
import { Hono } from 'hono'

/** With less space the embedded database, the logs and the secrets cannot grow. */
const FREE_BYTES_MIN = 64 * 1024 * 1024
/** The database writes for health checks at most this often. */
const LOOK_AGAIN_MS = 1000

/** `/healthz`: the process responds. `/readyz`: it can serve requests: it is not stopping, its disk has space, its database is writable. */
export function health(options: {
  database: Database
  config: { dataDirectory: string }
  /** Aborted when the server begins to stop. */
  stopping: AbortSignal
  /** The free space on the disk of a directory; defaults to the file system's. */
  freeBytes?: (directory: string) => Promise<number>
}): Hono {
  const { database, stopping } = options
  const hasRoom = async () => {
    const free = await (options.freeBytes ?? readFreeBytes)(options.config.dataDirectory)
    return free >= FREE_BYTES_MIN
  }
  let looked: { at: number; problem: Promise<string | null> } | null = null

  const look = () => {
    if (!looked || performance.now() - looked.at > LOOK_AGAIN_MS) {
      looked = { at: performance.now(), problem: findProblem(database, hasRoom) }
    }
    return looked.problem
  }

  const app = new Hono()
  app.get('/healthz', (c) => c.json({ status: 'alive' }))
  app.get('/readyz', async (c) => {
    const problem = stopping.aborted ? 'The server is stopping.' : await look()
    if (problem === null) return c.json({ status: 'ready' })
    return c.json({ status: 'not_ready', message: problem }, 503, { 'Retry-After': '1' })
  })
  return app
}

async function readFreeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}

async function findProblem(
  database: Database,
  hasRoom: () => Promise<boolean>,
): Promise<string | null> {
  try {
    if (!(await hasRoom())) return 'The disk of DATA_DIR is full.'
  } catch {
    return 'DATA_DIR cannot be read.'
  }
  try {
    // Writes to the WAL and flushes it, so that a full disk or a standby fails the check; leaves no rows behind.
    await database.query({
      name: 'readyz',
      text: `select pg_logical_emit_message(true, 'readyz', '') as written`,
    })
    return null
  } catch {
    return 'The database does not take writes.'
  }
}
