import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, ensureDatabase, openDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import {
  createFaultyHttpProxy,
  createPostgresProxy,
  type SeededRandom,
} from '@tollgate/testing/faults'
import { buildPrograms } from '@tollgate/testing/programs'
import { startTogether } from '@tollgate/testing/start-together'
import { restartDatabase } from '../fixtures/restart-database.ts'
import { type Common, type Launch, launchMember, type Member } from './member.ts'
import { type BillingBackend, startBillingBackend } from './start-billing-backend.ts'

const STOP_MS_MAX = 5000
const OUTPUT_CHARACTERS = 3000

/** One database server, one billing backend, and any number of servers. */
export type Testbed = {
  /** Direct, bypassing every proxy. */
  tollgate: Database
  billing: Database
  backend: BillingBackend
  startMember(launch?: Launch): Promise<Member>
  /** Restarts a member's process on the same port, behind the same proxies. */
  restart(member: Member, launch?: Launch): Promise<void>
  /** Creates an empty database and returns its URL. */
  emptyDatabase(name: string): Promise<string>
  /** Kills the database as `pg_ctl restart -m immediate` does and waits until it is back on the same port. */
  restartDatabase(): Promise<void>
  /** The latest output of every server, to explain a violation. */
  recentOutput(): string[]
  stop(): Promise<void>
}

/** Starts database and billing backend; servers have their fault hooks. */
export async function startTestbed(random: SeededRandom): Promise<Testbed> {
  return startTogether(async (defer) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-faults-'))
    defer(() => rm(folder, { recursive: true, force: true }))
    const directory = path.join(folder, 'postgres')
    const { server: bundle } = await buildPrograms()
    const postgres = await startEmbeddedPostgres({ directory })
    defer(() => postgres.stop())
    const { port } = postgres
    const emptyDatabase = async (name: string) => {
      await ensureDatabase({ url: postgres.url('postgres'), name })
      return postgres.url(name)
    }
    const databaseUrl = await emptyDatabase('tollgate')
    const billingUrl = await emptyDatabase('billing')
    const backend = await startBillingBackend({ databaseUrl: billingUrl, dataDirectory: folder })
    defer(backend.stop)
    const common: Common = { bundle, dataDirectory: folder, databaseUrl, apiKey: backend.apiKey }
    const tollgate = openDatabase({ url: databaseUrl, maxConnections: 4 })
    const billing = openDatabase({ url: billingUrl, maxConnections: 4 })
    defer(() => Promise.all([tollgate.close(), billing.close()]))
    const members: Member[] = []
    return {
      tollgate,
      billing,
      backend,
      emptyDatabase,
      async startMember(launch = {}) {
        const proxies = await startProxies({ postgresPort: port, billing: backend.url, random })
        defer(proxies.close)
        const member = { ...proxies, process: await launchMember(common, proxies, launch) }
        defer(() => member.process.stop(STOP_MS_MAX))
        members.push(member)
        return member
      },
      async restart(member, launch = {}) {
        const samePort = Number(new URL(member.process.url).port)
        member.process = await launchMember(common, member, { ...launch, port: samePort })
      },
      restartDatabase: () => restartDatabase(directory, tollgate),
      recentOutput: () =>
        members.map(({ process: server }) => server.output().slice(-OUTPUT_CHARACTERS)),
    }
  })
}

async function startProxies(options: {
  postgresPort: number
  billing: string
  random: SeededRandom
}): Promise<Pick<Member, 'postgres' | 'billing'> & { close(): Promise<unknown> }> {
  const postgres = await createPostgresProxy({ targetPort: options.postgresPort })
  const billing = await createFaultyHttpProxy({ target: options.billing, random: options.random })
  return { postgres, billing, close: () => Promise.all([postgres.close(), billing.close()]) }
}
