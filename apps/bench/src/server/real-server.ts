import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, openDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { bareEnvironment } from '../config.ts'
import { atExit } from '../processes/at-exit.ts'
import type { Program } from '../revision/build-server.ts'
import { freePort } from './free-port.ts'
import { serverEnvironment } from './server-environment.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** A revision's whole server, run as by `npm start`: sign-in, metering, relay and billing. */
export type RealServer = {
  /** One per process. */
  ports: readonly number[]
  pids: { servers: readonly number[]; postgres: number }
  /** The database of sign-in and metering. */
  product: Database
  productUrl: string
  /** The database of the billing backend's ledger. */
  ledger: Database
  dataDirectory: string
  close(): Promise<void>
}

/** How much of a log is quoted if a server does not start. */
const LOG_LENGTH_MAX = 2000

/** Starts this many processes of a server on their own data directory; the first also runs billing. */
export async function startRealServer(options: {
  program: Program
  node: string
  processes: number
}): Promise<RealServer> {
  const undo: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    return { ...(await start(options, undo)), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Undo = (() => Promise<unknown>)[]

async function start(
  { program, node, processes }: Parameters<typeof startRealServer>[0],
  undo: Undo,
): Promise<Omit<RealServer, 'close'>> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tollgate-bench-server-'))
  undo.push(() => rm(dataDirectory, { recursive: true, force: true }))
  const postgres = await openPostgres(path.join(dataDirectory, 'postgres'), undo)
  const logFile = path.join(dataDirectory, 'server.log')
  const log = openSync(logFile, 'a')
  const ports: number[] = []
  const servers: number[] = []
  const billingPort = await freePort()
  for (let index = 0; index < processes; index += 1) {
    const port = await freePort()
    const child = spawn(node, program.args, {
      cwd: program.cwd,
      env: {
        ...bareEnvironment,
        ...serverEnvironment({ port, billingPort, dataDirectory }),
        ...(index === 0 ? {} : backendOfFirst({ billingPort, dataDirectory })),
      },
      stdio: ['ignore', log, log],
    })
    const forget = atExit(() => child.kill('SIGKILL'))
    undo.push(() => stop(child).finally(forget))
    await waitUntilReady(child, port).catch((error: unknown) => {
      const said = readFileSync(logFile, 'utf8').slice(-LOG_LENGTH_MAX)
      throw new Error(`The server did not start:\n${said}`, { cause: error })
    })
    ports.push(port)
    servers.push(child.pid ?? 0)
  }
  const open = (name: string) => {
    const database = openDatabase({ url: postgres.url(name), maxConnections: 1 })
    undo.push(() => database.close())
    return database
  }
  const product = open('tollgate')
  await product.query({ text: 'create extension if not exists pg_stat_statements' })
  return {
    ports,
    pids: { servers, postgres: postgres.pid },
    product,
    productUrl: postgres.url('tollgate'),
    ledger: open('billing'),
    dataDirectory,
  }
}

/** The embedded database, with statement counting, which the servers then find running. */
async function openPostgres(directory: string, undo: Undo) {
  const made = await startEmbeddedPostgres({ directory })
  await made.stop()
  const counter =
    "shared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.track = 'top'\n"
  await appendFile(path.join(directory, 'postgresql.auto.conf'), counter)
  const postgres = await startEmbeddedPostgres({ directory })
  undo.push(() => postgres.stop())
  const pid = Number.parseInt(readFileSync(path.join(directory, 'postmaster.pid'), 'utf8'), 10)
  return { pid, url: postgres.url }
}

/** Makes a second server use the billing backend of the first. */
function backendOfFirst(given: { billingPort: number; dataDirectory: string }) {
  return {
    FLOWGLAD_BASE_URL: `http://127.0.0.1:${given.billingPort}`,
    FLOWGLAD_SECRET_KEY: readFileSync(
      path.join(given.dataDirectory, 'billing-api-key'),
      'utf8',
    ).trim(),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
