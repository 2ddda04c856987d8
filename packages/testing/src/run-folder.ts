import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { TEST_RUN_FOLDER } from './config.ts'

/** Makes the folder that the workers of a run share; returns a function that removes it. Vitest calls it for every project of the run. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[TEST_RUN_FOLDER]) return async () => {}
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-shared-'))
  // Inherited by workers.
  process.env[TEST_RUN_FOLDER] = folder
  return () => rm(folder, { recursive: true, force: true })
}
