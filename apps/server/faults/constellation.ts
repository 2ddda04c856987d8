import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  type Database,
  type EmbeddedPostgres,
  ensureDatabase,
  openDatabase,
  startEmbeddedPostgres,
} from '@tollgate/database'
import {
  createFaultyHttpProxy,
  createPostgresProxy,
  type FaultyHttpProxy,
  type FaultyProcess,
  type PostgresProxy,
  type SeededRandom,
  startProcess,
} from '@tollgate/testing/faults'
import { buildServer } from '../build/build-server.ts'
import { startBillingBackend } from './start-billing-backend.ts'

const SERVER = fileURLToPath(new URL('..', import.meta.url))
const POSTMASTER_GONE_MS_MAX = 10_000
const POLL_MS = 20
const LAST_WORDS_CHARACTERS = 3000

/** A server of the constellation, and the proxies between it and the database and between it and the billing backend. */
export type Member = { process: FaultyProcess; postgres: PostgresProxy; billing: FaultyHttpProxy }

/** One database server, one billing backend, and as many servers as are asked for. */
export type Constellation = {
  /** Direct, past every proxy. */
  tollgate: Database
  billing: Database
  startMember(options?: { environment?: Record<string, string>; wait?: boolean }): Promise<Member>
  /** Starts a member's process again on the same port, behind the same proxy. */
  restart(
    member: Member,
    environment?: Record<string, string>,
    options?: { wait?: boolean },
  ): Promise<void>
  /** Kills the database as `pg_ctl restart -m immediate` does and starts it again on the same port. */
  restartDatabase(): Promise<void>
  /** What every server printed last, for explaining a violation. */
  lastWords(): string[]
  stop(): Promise<void>
}

/** Starts database and billing backend and builds the server once, with its fault hooks. */
export async function startConstellation(random: SeededRandom): Promise<Constellation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-faults-'))
  const directory = path.join(folder, 'postgres')
  const outfile = path.join(folder, 'server', 'main.js')
  await buildServer({ outfile, faults: true })
  let postgres = await startEmbeddedPostgres({ directory })
  const { port } = postgres
  for (const name of ['tollgate', 'billing']) await createDatabase(postgres, name)
  const backend = await startBillingBackend({
    databaseUrl: postgres.url('billing'),
    dataDirectory: folder,
  })
  const databases = {
    tollgate: openDatabase({ url: postgres.url('tollgate'), maxConnections: 4 }),
    billing: openDatabase({ url: postgres.url('billing'), maxConnections: 4 }),
  }
  const members: Member[] = []

  const launch = (
    proxies: { postgres: PostgresProxy; billing: FaultyHttpProxy },
    options: { environment?: Record<string, string>; wait?: boolean; port?: number },
  ) =>
    startProcess({
      cwd: SERVER,
      args: ['--enable-source-maps', outfile],
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.wait === undefined ? {} : { wait: options.wait }),
      readyPath: '/readyz',
      environment: (ownPort) => ({
        PORT: String(ownPort),
        PUBLIC_URL: `http://127.0.0.1:${ownPort}`,
        DATA_DIR: folder,
        DATABASE_URL: proxies.postgres.through(postgres.url('tollgate')),
        FLOWGLAD_BASE_URL: proxies.billing.url,
        FLOWGLAD_SECRET_KEY: backend.apiKey,
        TRUSTED_PROXIES: '1',
        BILLED_CALLS_PER_MINUTE: '1000000',
        LOG_LEVEL: 'warn',
        ...options.environment,
      }),
    })

  return {
    ...databases,
    async startMember(options = {}) {
      const proxies = {
        postgres: await createPostgresProxy({ targetPort: port }),
        billing: await createFaultyHttpProxy({ target: backend.url, random }),
      }
      const member = { ...proxies, process: await launch(proxies, options) }
      members.push(member)
      return member
    },
    async restart(member, environment = {}, options = {}) {
      const { port: samePort } = new URL(member.process.url)
      member.process = await launch(member, {
        ...options,
        environment,
        port: Number(samePort),
      })
    },
    async restartDatabase() {
      await killPostmaster(directory)
      postgres = await startEmbeddedPostgres({ directory, port })
    },
    lastWords: () =>
      members.map(({ process: server }) => server.output().slice(-LAST_WORDS_CHARACTERS)),
    async stop() {
      await Promise.all(members.map((member) => member.process.stop(5000)))
      await Promise.all(
        members.flatMap((member) => [member.postgres.close(), member.billing.close()]),
      )
      await backend.process.stop(5000)
      await Promise.all(Object.values(databases).map((database) => database.close()))
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function createDatabase(postgres: EmbeddedPostgres, name: string): Promise<void> {
  await ensureDatabase({ url: postgres.url('postgres'), name })
}

/** SIGQUIT is the immediate shutdown: no checkpoint, every connection dropped, recovery from the log at the next start. */
async function killPostmaster(directory: string): Promise<void> {
  const file = await readFile(path.join(directory, 'postmaster.pid'), 'utf8')
  const pid = Number.parseInt(file, 10)
  process.kill(pid, 'SIGQUIT')
  const deadline = performance.now() + POSTMASTER_GONE_MS_MAX
  while (isRunning(pid)) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL ${pid} did not end.`)
    await delay(POLL_MS)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
