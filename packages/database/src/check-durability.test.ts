import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { expect, test, vi } from 'vitest'
import { emptyDatabase } from './fixtures/empty-database.ts'
import { checkDurability, openDatabase } from './index.ts'

/** Creating a server is slow on a loaded machine. */
vi.setConfig({ testTimeout: 120_000 })

test('accepts a server as it comes', async () => {
  const { database, drop } = await emptyDatabase()
  await expect(checkDurability(database)).resolves.toBeUndefined()
  await drop()
})

test('refuses connections that do not wait for the disk', async () => {
  const { database, drop } = await emptyDatabase({ settings: { synchronous_commit: 'off' } })
  await expect(checkDurability(database)).rejects.toMatchObject({
    code: 'not_durable',
    message: expect.stringContaining('synchronous_commit=off'),
  })
  await drop()
})

test('refuses a server that does not write to disk or writes torn pages', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-durability-'))
  const postgres = await startEmbeddedPostgres({ directory: path.join(folder, 'postgres') })
  const database = openDatabase({ url: postgres.url('postgres') })
  try {
    await database.query({ text: 'alter system set fsync = off' })
    await database.query({ text: 'alter system set full_page_writes = off' })
    await database.query({ text: 'select pg_reload_conf()' })
    await vi.waitFor(
      () =>
        expect(checkDurability(database)).rejects.toMatchObject({
          code: 'not_durable',
          message: expect.stringContaining('fsync=off, full_page_writes=off'),
        }),
      15_000,
    )
  } finally {
    await database.close()
    await postgres.stop()
    await rm(folder, { recursive: true })
  }
})
