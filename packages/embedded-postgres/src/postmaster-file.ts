import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cluster } from './cluster.ts'
import { readOrNull } from './read-or-null.ts'

/** What PostgreSQL records about itself while it runs. */
export type PostmasterFile = {
  pid: number
  /** Written shortly after the process id. */
  port: number | null
  state: 'starting' | 'ready' | 'stopping'
}

/** Reads the file of a running or killed server; null if there is none. */
export async function readPostmasterFile(cluster: Cluster): Promise<PostmasterFile | null> {
  const [pid, , , port, , , , state] = (await readLines(cluster)).map((line) => line.trim())
  const number = Number(pid)
  if (!Number.isInteger(number) || number <= 0) return null
  return {
    pid: number,
    port: Number(port) > 0 ? Number(port) : null,
    state: state === 'ready' || state === 'stopping' ? state : 'starting',
  }
}

/**
 * Makes the server that we start recognize the file as stale. PostgreSQL would mistake a zombie or another process with the dead server's
 * process id for that server, but never its own parent, so ours is written instead. From the other lines it still detects processes of
 * the dead server that have not ended yet.
 */
export async function disownPostmasterFile(cluster: Cluster): Promise<void> {
  const [, ...others] = await readLines(cluster)
  await writeFile(fileOf(cluster), [process.pid, ...others].join('\n'))
}

async function readLines(cluster: Cluster): Promise<string[]> {
  return (await readOrNull(fileOf(cluster)))?.split('\n') ?? []
}

function fileOf(cluster: Cluster): string {
  return path.join(cluster.directory, 'postmaster.pid')
}
