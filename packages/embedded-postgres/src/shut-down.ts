import { claimantOf, release, replace, STOPPING } from './claim.ts'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasCode } from './has-code.ts'
import { findPostmaster, type Postmaster, postmasterGone } from './find-postmaster.ts'

// A fast shutdown disconnects every client and writes a checkpoint.
const FAST_MS = 30_000
// An immediate one writes nothing; the next start recovers from the write-ahead log.
const IMMEDIATE_MS = 5_000

/** Stops the server if `claimant` still owns it. */
export async function shutDown(cluster: Cluster, claimant: string): Promise<void> {
  if (!(await replace(cluster.owner, claimant, STOPPING))) return
  const postmaster = await findPostmaster(cluster)
  if (postmaster !== null) await stopPostmaster(cluster, postmaster)
  await release(cluster.owner, STOPPING)
}

/** Whether a process is stopping the server, or died while doing so. */
export async function isStopping(cluster: Cluster, postmaster: Postmaster): Promise<boolean> {
  return postmaster.state === 'stopping' || (await claimantOf(cluster.owner)) === STOPPING
}

/** Requests a fast shutdown, then an immediate one, until the process has exited. */
export async function stopPostmaster(cluster: Cluster, postmaster: Postmaster): Promise<void> {
  signal(postmaster, 'SIGINT')
  if (await postmasterGone(postmaster.identity, FAST_MS)) return
  signal(postmaster, 'SIGQUIT')
  if (await postmasterGone(postmaster.identity, IMMEDIATE_MS)) return
  throw new EmbeddedPostgresError(
    'timed_out',
    `PostgreSQL (process ${postmaster.pid}) on ${cluster.directory} does not stop. End that process yourself.`,
  )
}

function signal(postmaster: Postmaster, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(postmaster.pid, name)
  } catch (error) {
    // It exited in the meantime.
    if (!hasCode(error, 'ESRCH')) throw error
  }
}
