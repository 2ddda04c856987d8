import type { Logger } from '@tollgate/contract'
import { checkDurability } from './check-durability.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'

/** Runs `work` as the owner of a database's tables, to migrate it and set up roles; closes its single connection afterwards. */
export async function withOwner<Result>(
  options: { url: string; logger: Logger },
  work: (owner: Database) => Promise<Result>,
): Promise<Result> {
  const owner = openDatabase({
    ...options,
    maxConnections: 1,
    applicationName: 'tollgate-migrations',
  })
  try {
    await checkDurability(owner)
    return await work(owner)
  } finally {
    await owner.close()
  }
}
