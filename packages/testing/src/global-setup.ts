import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { TEST_POSTGRES_URL } from './config.ts'

/** Starts the server of a test run; returns a function that stops it. Vitest calls it for every project of the run. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[TEST_POSTGRES_URL]) return async () => {}
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-test-'))
  const postgres = await startEmbeddedPostgres({ directory: path.join(folder, 'postgres') })
  // Inherited by workers and the processes they start.
  process.env[TEST_POSTGRES_URL] = postgres.url('postgres')
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
