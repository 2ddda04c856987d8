import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Database, ensureDatabase, openDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { freePort } from '@tollgate/testing/free-port'
import { buildPrograms } from '@tollgate/testing/programs'
import { startTogether } from '@tollgate/testing/start-together'
import { restartDatabase } from '../fixtures/restart-database.ts'
import { billingEnvironment, type ClusterPorts, serverEnvironment } from './cluster-environment.ts'
import { type Balancer, startBalancer } from './start-balancer.ts'
import { type Member, startMember } from './start-member.ts'

const OUTPUT_CHARACTERS = 3000

/** Two servers, one billing backend, one PostgreSQL, and HAProxy in front of the servers. */
export type Cluster = {
  /** HAProxy's address, which clients call. */
  url: string
  balancer: Balancer
  servers: readonly [Member, Member]
  billingBackend: Member
  /** The servers' own addresses, bypassing HAProxy. */
  tollgate: Database
  billing: Database
  /** Kills PostgreSQL as `pg_ctl stop -m immediate` does and waits until it is back on the same port. */
  restartDatabase(): Promise<void>
  /** The latest output of every process, to explain a violation. */
  recentOutput(): string[]
  stop(): Promise<void>
}

/** Starts a cluster on loopback with its data in `folder`; `environment` is added to both servers' own. */
export async function startCluster(options: {
  folder: string
  ports?: ClusterPorts
  environment?: Record<string, string>
}): Promise<Cluster> {
  const { folder } = options
  const ports = options.ports ?? (await freePorts())
  const publicUrl = `http://127.0.0.1:${ports.public}`
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`
  const { server, billing: billingProgram } = await buildPrograms()
  return startTogether(async (defer) => {
    const directory = path.join(folder, 'postgres')
    const postgres = await startEmbeddedPostgres({ directory })
    defer(() => postgres.stop())
    for (const name of ['tollgate', 'billing'])
      await ensureDatabase({ url: postgres.url('postgres'), name })
    const settings = { folder, ports, publicUrl, webhookSecret, postgresUrl: postgres.url }
    const billingBackend = await startMember('billing', ports.billing, {
      app: 'billing',
      program: billingProgram,
      readyPath: '/healthz',
      environment: billingEnvironment(settings),
    })
    defer(() => billingBackend.stop())
    const apiKey = (await readFile(path.join(folder, 'billing-api-key'), 'utf8')).trim()
    const startServer = async (name: string, port: number) => {
      const own = serverEnvironment(settings, { port, apiKey })
      const member = await startMember(name, port, {
        app: 'server',
        program: server,
        readyPath: '/readyz',
        environment: { ...own, ...options.environment },
      })
      defer(() => member.stop())
      return member
    }
    const servers = [
      await startServer('a', ports.servers[0]),
      await startServer('b', ports.servers[1]),
    ] as const
    const balancer = await startBalancer({
      folder,
      port: ports.public,
      servers: servers.map(({ name, url }) => ({ name, port: Number(new URL(url).port) })),
    })
    defer(() => balancer.stop())
    const tollgate = openDatabase({ url: postgres.url('tollgate'), maxConnections: 4 })
    const billing = openDatabase({ url: postgres.url('billing'), maxConnections: 4 })
    defer(() => Promise.all([tollgate.close(), billing.close()]))
    return {
      url: publicUrl,
      balancer,
      servers,
      billingBackend,
      tollgate,
      billing,
      restartDatabase: () => restartDatabase(directory, tollgate),
      recentOutput: () =>
        [...servers, billingBackend].map((member) => member.output().slice(-OUTPUT_CHARACTERS)),
    }
  })
}

async function freePorts(): Promise<ClusterPorts> {
  return {
    public: await freePort(),
    servers: [await freePort(), await freePort()],
    billing: await freePort(),
  }
}
