import type { Logger } from '@tollgate/contract'
import { connectAs, type Database, migrate, openDatabase, withOwner } from '@tollgate/database'
import { LEDGER_ROLE } from './ledger-role.ts'
import { MIGRATIONS } from './migrations.ts'

/** Enough for a few ingestion batches and concurrent reads. */
const CONNECTIONS_MAX = 10

/** Migrates a database as its owner, then opens it under the role that cannot rewrite the ledger. */
export async function openLedgerDatabase(options: {
  url: string
  /** Gives the role a login of its own; otherwise connections switch to it. */
  rolePassword?: string | undefined
  logger: Logger
}): Promise<Database> {
  const { url, rolePassword, logger } = options
  const connection = await withOwner({ url, logger }, async (owner) => {
    await migrate(owner, { directory: MIGRATIONS, name: 'ledger' })
    return connectAs(owner, { url, role: LEDGER_ROLE, password: rolePassword })
  })
  return openDatabase({
    ...connection,
    maxConnections: CONNECTIONS_MAX,
    applicationName: 'tollgate-billing',
    logger,
  })
}
