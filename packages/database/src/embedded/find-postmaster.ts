import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { type Cluster, postmasterFile } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { processIdentity } from './process-identity.ts'

/** A running server, as its own file describes it. */
export type Postmaster = { pid: number; identity: string; port: number | null; stopping: boolean }

const POLL_MS = 25
// Backends notice within moments that their postmaster was killed; a long statement may take longer.
const ORPHANS_TIMEOUT_MS = 10_000

/** Finds the server that runs on the cluster, and clears away what a killed one left. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  const lines = await readLines(postmasterFile(cluster))
  const pid = Number(lines?.[0])
  if (lines === null || !Number.isInteger(pid) || pid <= 0) return null
  const identity = await processIdentity(pid)
  if (identity !== null && (await runsOn(cluster, pid))) {
    const port = Number(lines[3])
    return { pid, identity, port: port > 0 ? port : null, stopping: lines[7] === 'stopping' }
  }
  // PostgreSQL clears a dead number itself, but would take a zombie or a stranger for the living server.
  await orphansGone(cluster)
  if (identity !== null) await rm(postmasterFile(cluster), { force: true })
  return null
}

/** Waits until the server's process is gone; false if it still runs after the time. */
export async function postmasterGone(identity: string, timeoutMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs
  while ((await processIdentity(Number.parseInt(identity, 10))) === identity) {
    if (performance.now() > giveUpAt) return false
    await delay(POLL_MS)
  }
  return true
}

// A postmaster works inside its data directory.
async function runsOn(cluster: Cluster, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === cluster.directory
  } catch {
    const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    if (!program.startsWith('postgres')) return false
    throw new EmbeddedPostgresError(
      'foreign_server',
      `Another user's PostgreSQL (process ${pid}) seems to run on ${cluster.directory}. Stop it, or choose another DATA_DIR.`,
    )
  }
}

async function orphansGone(cluster: Cluster): Promise<void> {
  if (process.platform !== 'linux') return
  const giveUpAt = performance.now() + ORPHANS_TIMEOUT_MS
  while (await anyProcessIn(cluster.directory)) {
    if (performance.now() > giveUpAt) {
      throw new EmbeddedPostgresError(
        'timed_out',
        `The server on ${cluster.directory} was killed, but some of its processes still run. End them and start again.`,
      )
    }
    await delay(POLL_MS)
  }
}

async function anyProcessIn(directory: string): Promise<boolean> {
  const entries = await readdir('/proc').catch(() => [])
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue
    const cwd = await readlink(`/proc/${entry}/cwd`).catch(() => null)
    const program =
      cwd === directory ? await readFile(`/proc/${entry}/comm`, 'utf8').catch(() => '') : ''
    if (program.startsWith('postgres')) return true
  }
  return false
}

async function readLines(file: string): Promise<string[] | null> {
  try {
    return (await readFile(file, 'utf8')).split('\n').map((line) => line.trim())
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
