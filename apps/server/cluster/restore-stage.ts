import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDatabase, openDatabase } from '@tollgate/database'
import { type DebianPostgres, startDebianPostgres } from '@tollgate/testing/debian'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { type Guest, guestWith, signInGuests } from '../fixtures/guest.ts'
import { type Acknowledged, retryCalls, startLoad, untilCount } from './guest-calls.ts'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const GUESTS = 10

/** A whole Tollgate on a Debian PostgreSQL, with guests that call it. */
export async function createRestoreStage() {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-restore-'))
  // PostgreSQL runs as another user.
  await chmod(folder, 0o755)
  const dataDirectory = path.join(folder, 'server')
  await mkdir(dataDirectory)
  let postgres = await startDebianPostgres(path.join(folder, 'first'), { isArchiving: true })
  const databases = () => ({
    DATABASE_URL: postgres.url('tollgate'),
    BILLING_DATABASE_URL: postgres.url('billing'),
  })
  for (const name of ['tollgate', 'billing']) {
    await ensureDatabase({ url: postgres.url('postgres'), name })
  }
  let server: RunningTollgate | null = null
  const start = async () => {
    server = await startTollgate({ dataDirectory, environment: databases() })
  }
  const close = async () => {
    await server?.stop().catch(() => {})
    await postgres.stop().catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }
  await start().catch(async (error: unknown) => {
    await close()
    throw error
  })
  const running = () => {
    if (!server) throw new Error('The server has not been started.')
    return server
  }
  let guests: Guest[] = await signInGuests(running().url, GUESTS)

  const { rows, count, known } = createReader((database) => postgres.url(database))

  return {
    folder,
    postgres: () => postgres,
    /** Uses another PostgreSQL from now on: the one that a restore produced. */
    replacePostgres(other: DebianPostgres) {
      postgres = other
    },
    server: running,
    /** Restarts the server; the guests keep their sessions. */
    async start() {
      const former = guests
      await start()
      guests = former.map(({ token }) => guestWith(running().url, token))
    },
    /** Lets every guest make calls until stopped; returns the acknowledged calls. */
    load: () => startLoad(guests),
    /** Repeats calls with their keys, as clients without a response do. */
    retry: (calls: readonly Acknowledged[]) => retryCalls(guests, calls),
    /** Waits until the backend has acknowledged every charge. */
    async delivered() {
      await untilCount(
        () => count('tollgate', 'metering.outbox'),
        (left) => left === 0,
      )
    },
    known,
    count,
    rows,
    /** What `pnpm billing:admin drift` finds. */
    drift(...options: string[]) {
      const { port } = new URL(running().billingUrl)
      const environment = { ...databases(), DATA_DIR: dataDirectory, BILLING_PORT: port }
      return findDrift(environment, options)
    },
    close,
  }
}

/** Queries the databases at their current address. */
function createReader(urlOf: (database: string) => string) {
  function rows<Row extends Record<string, unknown>>(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return queryOnce<Row>(urlOf(database), { text, values })
  }
  return {
    rows,
    async count(database: string, table: string): Promise<number> {
      const text = `select count(*)::integer as count from ${table}`
      const [row] = await rows<{ count: number }>(database, text)
      return row?.count ?? Number.NaN
    },
    /** How many of these calls metering knows, by the operation ids in their responses. */
    async known(calls: readonly Acknowledged[]): Promise<number> {
      const found = await rows(
        'tollgate',
        "select operation_id from metering.operation where operation_id = any ($1::uuid[]) and state = 'settled'",
        [calls.map(({ operationId }) => operationId)],
      )
      return found.length
    },
  }
}

async function queryOnce<Row extends Record<string, unknown>>(
  url: string,
  statement: { text: string; values: readonly unknown[] },
): Promise<Row[]> {
  const opened = openDatabase({ url, maxConnections: 1 })
  try {
    return await opened.query<Row>(statement)
  } finally {
    await opened.close()
  }
}

/** Runs the operator's command and returns its output. */
function findDrift(environment: Record<string, string>, options: readonly string[]) {
  const args = [
    '--import',
    'tsx',
    'apps/devtools/src/billing-admin.ts',
    'drift',
    '--json',
    ...options,
  ]
  const settings = Object.entries({ NODE_ENV: 'test', ...environment }).map(
    ([name, value]) => `${name}=${value}`,
  )
  return new Promise<{ code: number; kinds: Record<string, number> }>((resolve) => {
    execFile(
      'env',
      [...settings, process.execPath, ...args],
      { cwd: REPOSITORY, maxBuffer: 1e8 },
      (error, stdout) => {
        const kinds: Record<string, number> = {}
        for (const line of stdout.split('\n').filter(Boolean)) {
          const { kind }: { kind: string } = JSON.parse(line)
          kinds[kind] = (kinds[kind] ?? 0) + 1
        }
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, kinds })
      },
    )
  })
}
