import { randomBytes } from 'node:crypto'
import { migrate } from '@tollgate/database'
import { METERING_MIGRATIONS } from '../../src/migrations.ts'
import type { Scratch } from './scratch.ts'
import { openOne, openScratchPart } from './scratch-part.ts'
import { createServerDatabase } from './server-database.ts'

/** Creates a migrated database on a disposable server. */
export async function openScratchDatabase(
  server: string,
  settings: Record<string, string> = {},
): Promise<Scratch> {
  const name = `model_${randomBytes(4).toString('hex')}`
  const { url, drop } = await createServerDatabase(server, name)
  const empty = openOne(url)
  await migrate(empty, { directory: METERING_MIGRATIONS, name: 'metering' })
  await empty.close()
  const part = await openScratchPart(url, settings)
  return {
    ...part,
    everything: part.database,
    bucketCount: 1,
    shards: null,
    async close() {
      await part.close()
      await drop()
    },
  }
}
