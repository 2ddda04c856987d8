import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDatabase, openDatabase } from '@tollgate/database'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { type Guest, guestWith, signInGuests } from '../fixtures/guest.ts'
import { type DebianPostgres, startDebianPostgres } from './start-debian-postgres.ts'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const GUESTS = 10
/** Each has a hundred calls for a whole rehearsal. */
const PAUSE_MS = 150
const RETRIES_MAX = 20

/** A call that a guest had an answer to. */
export type Acknowledged = {
  guest: Guest
  key: string
  operationId: string
  sentAt: number
  at: number
}

/** A whole Tollgate on a PostgreSQL of Debian's, with guests who call it. */
export async function createRestoreStage() {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-restore-'))
  // PostgreSQL runs as another user.
  await chmod(folder, 0o755)
  const dataDirectory = path.join(folder, 'server')
  await mkdir(dataDirectory)
  let postgres = await startDebianPostgres(path.join(folder, 'first'))
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

  return {
    folder,
    postgres: () => postgres,
    /** Puts another server in the place of the first, as it comes out of a restore. */
    replacePostgres(other: DebianPostgres) {
      postgres = other
    },
    server: running,
    /** Starts the server anew; the guests keep their sessions. */
    async start() {
      const former = guests
      await start()
      guests = former.map(({ token }) => guestWith(running().url, token))
    },
    /** Lets every guest make calls until it is stopped; answers what was acknowledged. */
    load() {
      let isOver = false
      const acknowledged: Acknowledged[] = []
      const calling = guests.map(async (guest) => {
        while (!isOver) {
          const call = await callOnce(guest, `op_${randomUUID()}`)
          if (call) acknowledged.push(call)
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
        }
      })
      return {
        acknowledged,
        /** Waits until so many calls were acknowledged, however slow the machine is. */
        reached: (calls: number) => until(async () => acknowledged.length >= calls),
        async stop() {
          isOver = true
          await Promise.all(calling)
          return acknowledged
        },
      }
    },
    /** Sends calls again under their keys, as clients do that had no answer. */
    async retry(calls: readonly Acknowledged[]) {
      const retried = guests.map(async (guest) => {
        const answers: (Acknowledged | null)[] = []
        for (const { key } of calls.filter(({ guest: { token } }) => token === guest.token)) {
          answers.push(await callUntilAnswered(guest, key))
        }
        return answers
      })
      return (await Promise.all(retried)).flat()
    },
    /** Waits until the backend has confirmed every charge. */
    async delivered() {
      await until(async () => (await count('tollgate', 'metering.outbox')) === 0)
    },
    /** How many of these calls metering has, by the id that their guest was told. */
    async known(calls: readonly Acknowledged[]) {
      const found = await rows(
        'tollgate',
        'select operation_id from metering.operation where operation_id = any ($1::uuid[])',
        [calls.map(({ operationId }) => operationId)],
      )
      return found.length
    },
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

  async function rows<Row extends Record<string, unknown>>(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const opened = openDatabase({ url: postgres.url(database), maxConnections: 1 })
    try {
      return await opened.query<Row>({ text, values })
    } finally {
      await opened.close()
    }
  }

  async function count(database: string, table: string): Promise<number> {
    const [row] = await rows<{ count: number }>(
      database,
      `select count(*)::integer as count from ${table}`,
    )
    return row?.count ?? Number.NaN
  }
}

async function callUntilAnswered(guest: Guest, key: string): Promise<Acknowledged | null> {
  for (let tries = 0; tries < RETRIES_MAX; tries += 1) {
    const call = await callOnce(guest, key)
    if (call) return call
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  return null
}

/** Null when there was no answer, or a refusal. */
async function callOnce(guest: Guest, key: string): Promise<Acknowledged | null> {
  const sentAt = performance.now()
  const answer = await guest
    .call('tools.qrCode', { text: `https://example.test/${key}` }, key)
    .catch(() => null)
  const operationId = answer?.status === 200 ? answer.headers.get('x-operation-id') : null
  return operationId ? { guest, key, operationId, sentAt, at: performance.now() } : null
}

/** The operator's command, as it prints what it found. */
function findDrift(environment: Record<string, string>, options: readonly string[]) {
  const args = [
    '--import',
    'tsx',
    'apps/devtools/src/billing-admin.ts',
    'drift',
    '--json',
    ...options,
  ]
  const env = { ...process.env, NODE_ENV: 'test', ...environment }
  return new Promise<{ code: number; kinds: Record<string, number> }>((resolve) => {
    execFile(process.execPath, args, { cwd: REPOSITORY, env, maxBuffer: 1e8 }, (error, stdout) => {
      const kinds: Record<string, number> = {}
      for (const line of stdout.split('\n').filter(Boolean)) {
        const { kind }: { kind: string } = JSON.parse(line)
        kinds[kind] = (kinds[kind] ?? 0) + 1
      }
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, kinds })
    })
  })
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isTrue()) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('It did not come true within a minute.')
}
