import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const GIGABYTE = 2 ** 30
/** Enough for the databases, clones and browser profiles of a whole run, and for the programs themselves. */
const FREE_BYTES_MIN = 6 * GIGABYTE
const MEMORY_BYTES_MIN = 10 * GIGABYTE

/** Where a run puts its temporary files. */
export type TemporaryFolder = { path: string; inMemory: boolean; remove(): Promise<void> }

/** Makes a folder for a run's temporary files: in memory if there is room, because test databases mostly wait for the disk. */
export async function makeTemporaryFolder(memory = '/dev/shm'): Promise<TemporaryFolder> {
  const fast = (await hasRoom(memory)) ? await makeFolder(memory) : null
  if (fast && (await canExecute(fast))) return temporaryFolder(fast, true)
  if (fast) await rm(fast, { recursive: true, force: true })
  return temporaryFolder(await makeFolder(tmpdir()), false)
}

function temporaryFolder(folder: string, inMemory: boolean): TemporaryFolder {
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

async function makeFolder(parent: string): Promise<string> {
  const folder = await mkdtemp(path.join(parent, 'tollgate-run-'))
  // Databases may run as another user, who has to traverse this folder.
  await chmod(folder, 0o711)
  return folder
}

/** Containers often mount shared memory as noexec; tests start programs from there. */
async function canExecute(folder: string): Promise<boolean> {
  const probe = path.join(folder, 'probe')
  await writeFile(probe, '#!/bin/sh\n', { mode: 0o700 })
  try {
    await promisify(execFile)(probe)
    return true
  } catch {
    return false
  } finally {
    await rm(probe)
  }
}
