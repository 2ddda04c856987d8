import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const GIGABYTE = 2 ** 30
/** Databases, clones and browser profiles of a whole run, and what the programs themselves need. */
const FREE_BYTES_MIN = 6 * GIGABYTE
const MEMORY_BYTES_MIN = 10 * GIGABYTE

/** Where a run puts its temporary files. */
export type TemporaryFolder = { path: string; inMemory: boolean; remove(): Promise<void> }

/**
 * Makes a folder for a run's temporary files: in memory where there is room, because test databases wait for the disk more than
 * for anything else.
 */
export async function makeTemporaryFolder(memory = '/dev/shm'): Promise<TemporaryFolder> {
  const inMemory = await hasRoom(memory)
  const folder = await mkdtemp(path.join(inMemory ? memory : tmpdir(), 'tollgate-run-'))
  // Databases may run as another user, who has to get through to theirs.
  await chmod(folder, 0o711)
  return { path: folder, inMemory, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function hasRoom(memory: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(memory)
    return bavail * bsize >= FREE_BYTES_MIN && process.availableMemory() >= MEMORY_BYTES_MIN
  } catch {
    return false
  }
}
