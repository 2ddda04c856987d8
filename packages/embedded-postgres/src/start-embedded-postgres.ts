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
import { type Incarnation, supervise } from './supervise.ts'
import { startWatchdog } from './watchdog.ts'

/** A PostgreSQL server on loopback that lives as long as the process that owns it. */
export type EmbeddedPostgres = {
  /** The URL of one of its databases, with the superuser's password. */
  url(database: string): string
  port: number
  /** The password of a component's role: the same on every start and in every process with this data directory. */
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

/**
 * Starts PostgreSQL on a data directory, which is created on first use. A server that already runs there is adopted: taken over if its
 * owner is dead, otherwise shared. A server that exits without being stopped here is restarted on the same port, by whichever process
 * notices first.
 */
export async function startEmbeddedPostgres(options: {
  directory: string
  logger?: Logger
  port?: number
}): Promise<EmbeddedPostgres> {
  const logger = options.logger ?? silentLogger
  const binaries = await findBinaries()
  const cluster = await locate(options.directory)
  const launcher = await withStartLock(cluster, () => chooseLauncher(cluster, binaries.postgres))
  const password = await withStartLock(cluster, () =>
    initializeCluster(cluster, { binaries, launcher, logger }),
  )
  const url = (port: number, database: string) =>
    `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  const begin = (port: number | undefined) =>
    withStartLock(cluster, async () => {
      // A new name each time, so that the watchdog of an earlier server cannot touch this one.
      const starting = { cluster, claimant: await claimantName(), logger, url }
      const adopted = await adopt(starting)
      return {
        ...(adopted ?? (await start(starting, { binaries, launcher, port }))),
        adopted: adopted !== null,
      }
    })

  const startedAt = performance.now()
  const first = await begin(options.port)
  const { port, adopted } = first
  const milliseconds = Math.round(performance.now() - startedAt)
  const owned = first.stop !== undefined
  logger.info(
    { directory: cluster.directory, port, adopted, owned, milliseconds },
    'embedded postgres: server is up',
  )
  const supervisor = supervise({ first, start: begin, logger })
  return {
    port,
    adopted,
    url: (database) => url(port, database),
    rolePassword: (role) => createHmac('sha256', password).update(role).digest('base64url'),
    stop: supervisor.stop,
  }
}

async function locate(directory: string): Promise<Cluster> {
  const absolute = path.resolve(directory)
  await mkdir(path.dirname(absolute), { recursive: true })
  // PostgreSQL reports its directory with symlinks resolved; the directory may not exist yet.
  const resolved = await realpath(absolute).catch(async () =>
    path.join(await realpath(path.dirname(absolute)), path.basename(absolute)),
  )
  return clusterAt(resolved)
}

async function adopt(starting: Starting): Promise<Incarnation | null> {
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
    const { identity } = postmaster
    if (holder === null) return { port, identity, ...own(starting) }
    if (holder !== STOPPING) return { port, identity }
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
): Promise<Incarnation> {
  const { cluster, claimant, url } = starting
  // A claim on a dead server is void.
  await rm(cluster.owner, { recursive: true, force: true })
  await claim(cluster.owner, claimant)
  // The watchdog starts first, so that the server is never without one.
  const owned = own(starting)
  try {
    const { port, pid } = await launchPostmaster({
      ...how,
      cluster,
      url: (candidate) => url(candidate, SUPERUSER),
    })
    // A server that has already exited is detected at the first check.
    return { port, identity: (await processIdentity(pid)) ?? `${pid}-ended`, ...owned }
  } catch (error) {
    await owned.stop()
    throw error
  }
}

function own({ cluster, claimant, logger }: Starting) {
  const stopWatchdog = startWatchdog(cluster, { claimant, logger })
  return {
    stop: async () => {
      await shutDown(cluster, claimant)
      stopWatchdog()
    },
    stopWatchdog,
  }
}
