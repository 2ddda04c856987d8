import { createHmac } from 'node:crypto'
import { mkdir, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Logger, silentLogger } from '@tollgate/contract'
import { chooseLauncher } from './choose-launcher.ts'
import { claim, claimantName, STOPPING } from './claim.ts'
import { type Cluster, clusterAt } from './cluster.ts'
import { connectWhenReady } from './connect-when-ready.ts'
import { type Binaries, findBinaries } from './find-binaries.ts'
import { findPostmaster, type Postmaster } from './find-postmaster.ts'
import { initializeCluster, SUPERUSER } from './initialize-cluster.ts'
import { launchPostmaster } from './launch-postmaster.ts'
import type { Launcher } from './launcher.ts'
import { processIdentity } from './process-identity.ts'
import { isStopping, shutDown, stopPostmaster } from './shut-down.ts'
import { withStartLock } from './start-lock.ts'
import { startWatchdog } from './watchdog.ts'

/** A PostgreSQL server on loopback that lives as long as the process that owns it. */
export type EmbeddedPostgres = {
  /** The address of one of its databases, with the superuser's password. */
  url(database: string): string
  port: number
  /** The password of a component's role: the same at every start, and for every process on this data directory. */
  rolePassword(role: string): string
  /** Whether the server was running already. */
  adopted: boolean
  /** Stops the server if this process owns it; otherwise leaves it to its owner. */
  stop(): Promise<void>
}

const POLL_MS = 25

type Starting = {
  cluster: Cluster
  claimant: string
  logger: Logger
  url: (port: number, database: string) => string
}

/** `stop` is there if we own the server. */
type Running = { port: number; stop?: () => Promise<void> }

/**
 * Starts PostgreSQL on a data directory, making it on first use. A server that already runs there is adopted: taken
 * over when its owner is dead, shared while its owner lives.
 */
export async function startEmbeddedPostgres(options: {
  directory: string
  logger?: Logger
  port?: number
}): Promise<EmbeddedPostgres> {
  const logger = options.logger ?? silentLogger
  const binaries = await findBinaries()
  const cluster = await locate(options.directory)
  return withStartLock(cluster, async () => {
    const launcher = await chooseLauncher(cluster, binaries.postgres)
    const password = await initializeCluster(cluster, { binaries, launcher, logger })
    const url = (port: number, database: string) =>
      `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
    const starting = { cluster, claimant: await claimantName(), logger, url }

    const startedAt = performance.now()
    const adopted = await adopt(starting)
    const server = adopted ?? (await start(starting, { binaries, launcher, port: options.port }))
    logger.info(
      {
        directory: cluster.directory,
        port: server.port,
        adopted: adopted !== null,
        owned: server.stop !== undefined,
        milliseconds: Math.round(performance.now() - startedAt),
      },
      'database is up',
    )
    return {
      port: server.port,
      adopted: adopted !== null,
      url: (database) => url(server.port, database),
      rolePassword: (role) => createHmac('sha256', password).update(role).digest('base64url'),
      stop: server.stop ?? (async () => {}),
    }
  })
}

async function locate(directory: string): Promise<Cluster> {
  const absolute = path.resolve(directory)
  await mkdir(path.dirname(absolute), { recursive: true })
  // PostgreSQL reports where it runs without symlinks; the directory itself may not exist yet.
  const resolved = await realpath(absolute).catch(async () =>
    path.join(await realpath(path.dirname(absolute)), path.basename(absolute)),
  )
  return clusterAt(resolved)
}

async function adopt(starting: Starting): Promise<Running | null> {
  const { cluster, claimant } = starting
  for (;;) {
    const postmaster = await findPostmaster(cluster)
    if (postmaster === null) return null
    if (await isStopping(cluster, postmaster)) {
      await stopPostmaster(cluster, postmaster)
      continue
    }
    const port = await portOnceReady(starting, postmaster)
    if (port === null) {
      await delay(POLL_MS)
      continue
    }
    const holder = await claim(cluster.owner, claimant)
    if (holder === null) return { port, stop: own(starting) }
    if (holder !== STOPPING) return { port }
  }
}

async function portOnceReady(
  { cluster, url }: Starting,
  postmaster: Postmaster,
): Promise<number | null> {
  const { pid, port, identity } = postmaster
  if (port === null) return null
  const outcome = await connectWhenReady(cluster, {
    pid,
    url: url(port, SUPERUSER),
    hasEnded: async () => (await processIdentity(pid)) !== identity,
  })
  return outcome === 'ready' ? port : null
}

async function start(
  starting: Starting,
  how: { binaries: Binaries; launcher: Launcher; port: number | undefined },
): Promise<Running> {
  const { cluster, claimant, url } = starting
  // Whoever owned the server before it died owns nothing now.
  await rm(cluster.owner, { recursive: true, force: true })
  await claim(cluster.owner, claimant)
  // The watchdog comes first: there is no moment in which the server has none.
  const stop = own(starting)
  try {
    const port = await launchPostmaster({
      ...how,
      cluster,
      url: (candidate) => url(candidate, SUPERUSER),
    })
    return { port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function own({ cluster, claimant, logger }: Starting): () => Promise<void> {
  const sendHome = startWatchdog(cluster, { claimant, logger })
  return async () => {
    await shutDown(cluster, claimant)
    sendHome()
  }
}
