import type { Logger } from '@tollgate/contract'
import { checkDurability, type Database, migrate, openDatabase } from '@tollgate/database'
import { ledgerRoleSettings } from './ledger-role-settings.ts'
import { MIGRATIONS } from './migrations.ts'

/** Ingestion of a few batches and the reads beside them. */
const CONNECTIONS_MAX = 10

/** Brings a database up to date as its owner, then opens it under the role that cannot rewrite the books. */
export async function openLedgerDatabase(options: {
  url: string
  logger: Logger
}): Promise<Database> {
  const { url, logger } = options
  const owner = openDatabase({
    url,
    maxConnections: 1,
    applicationName: 'tollgate-migrations',
    logger,
  })
  try {
    await checkDurability(owner)
    await migrate(owner, { directory: MIGRATIONS, name: 'ledger' })
    return openDatabase({
      url,
      maxConnections: CONNECTIONS_MAX,
      applicationName: 'tollgate-billing',
      settings: await ledgerRoleSettings(owner),
      logger,
    })
  } finally {
    await owner.close()
  }
}
