import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { readPostmasterFile } from './postmaster-file.ts'

const POLL_MS = 20
// Recovery after a crash replays at most one checkpoint interval.
const TIMEOUT_MS = 120_000
// admin_shutdown, crash_shutdown and cannot_connect_now: not accepting connections yet, or no longer.
const COMING_OR_GOING: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03'])
// invalid_authorization_specification and invalid_password.
const REFUSALS: ReadonlySet<string> = new Set(['28000', '28P01'])

/** Waits until the server with process id `pid` answers, and refuses one that is not ours. */
export async function connectWhenReady(
  cluster: Cluster,
  options: { pid: number; url: string; hasEnded: () => Promise<boolean> },
): Promise<'ready' | 'ended'> {
  const giveUpAt = performance.now() + TIMEOUT_MS
  for (;;) {
    const file = await readPostmasterFile(cluster)
    // Until it has the port, another server may answer there.
    const isUp = file?.pid === options.pid && file.state === 'ready'
    if (isUp && (await ask(cluster, options.url)) === 'ready') return 'ready'
    if (await options.hasEnded()) return 'ended'
    if (performance.now() > giveUpAt) {
      throw new EmbeddedPostgresError(
        'timed_out',
        `PostgreSQL did not become ready within ${TIMEOUT_MS / 1000} s; see ${cluster.log}.`,
      )
    }
    await delay(POLL_MS)
  }
}

async function ask(cluster: Cluster, url: string): Promise<'ready' | 'not yet'> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ directory: string }>(
      `select current_setting('data_directory') as directory`,
    )
    if (rows[0]?.directory === cluster.directory) return 'ready'
    throw new EmbeddedPostgresError(
      'foreign_server',
      `The server that answers serves ${rows[0]?.directory}, not ${cluster.directory}. Stop it and start again.`,
    )
  } catch (error) {
    if (isNotYet(error)) return 'not yet'
    if (isRefusal(error)) {
      throw new EmbeddedPostgresError(
        'password_refused',
        `The server on ${cluster.directory} refuses the password in ${cluster.password}. ` +
          'Stop that server or restore the file, then start again; or choose another DATA_DIR.',
        { cause: error },
      )
    }
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

function isNotYet(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return COMING_OR_GOING.has(error.code ?? '')
  if (error instanceof EmbeddedPostgresError) return false
  // Nothing is listening yet, or the server closed the connection while starting or stopping.
  return true
}

function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && REFUSALS.has(error.code ?? '')
}
