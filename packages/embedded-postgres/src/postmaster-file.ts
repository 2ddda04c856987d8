import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cluster } from './cluster.ts'
import { readOrNull } from './read-or-null.ts'

/** What PostgreSQL writes down about itself while it runs. */
export type PostmasterFile = {
  pid: number
  /** Written a moment after the number of the process. */
  port: number | null
  state: 'starting' | 'ready' | 'stopping'
}

/** Reads what the server that runs, or was killed, has written; null if there is nothing. */
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
 * Makes a server that we start see that the file is stale. PostgreSQL would take a zombie or a stranger with the
 * number of the dead server for that server, but never its own parent, whose number is put in. The other lines
 * stay: by them it still notices processes of the dead server that have not ended yet.
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
