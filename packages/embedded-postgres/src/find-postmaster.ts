import { readFile, readlink, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasCode } from './has-code.ts'
import { disownPostmasterFile, type PostmasterFile, readPostmasterFile } from './postmaster-file.ts'
import { pidOf, processIdentity } from './process-identity.ts'

/** A running server. */
export type Postmaster = PostmasterFile & { identity: string }

const POLL_MS = 25

/** Finds the cluster's running server. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  const file = await readPostmasterFile(cluster)
  if (file === null) return null
  const identity = await processIdentity(file.pid)
  if (identity !== null && (await runsOn(cluster, file.pid))) return { ...file, identity }
  if (isPidInUse(file.pid)) await disownPostmasterFile(cluster)
  return null
}

/** Waits until the server's process has exited; false on timeout. */
export async function postmasterGone(identity: string, timeoutMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs
  while ((await processIdentity(pidOf(identity))) === identity) {
    if (performance.now() > giveUpAt) return false
    await delay(POLL_MS)
  }
  return true
}

// A postmaster's working directory is its data directory.
async function runsOn(cluster: Cluster, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (workingDirectory !== null) return workingDirectory === cluster.directory
  // Root in a container may not be allowed to inspect processes of the user it started the server as.
  if (!(await isPostgres(pid))) return false
  const [running, owner] = await Promise.all([userOf(`/proc/${pid}`), userOf(cluster.directory)])
  if (running === null || running === owner) return running !== null
  throw new EmbeddedPostgresError(
    'foreign_server',
    `Another user's PostgreSQL (process ${pid}) seems to run on ${cluster.directory}. Stop it, or choose another DATA_DIR.`,
  )
}

async function isPostgres(pid: number): Promise<boolean> {
  const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  return program.startsWith('postgres')
}

async function userOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null)
  return found?.uid ?? null
}

function isPidInUse(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}
