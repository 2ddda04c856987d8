import type { CustomerId } from '@tollgate/contract'
import type { ActivityPage } from '../operation-status.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { readLedgerPage } from './read-ledger-page.ts'

/** One page of a customer's operations, newest first; an unknown cursor begins at the newest. */
export async function readActivityPage(
  database: MeteringDatabase,
  customerId: CustomerId,
  page: { limit: number; cursor?: string },
): Promise<ActivityPage> {
  const read = await readLedgerPage(database, customerId, { ...page, changes: false })
  return { ...read, items: read.items.filter((item) => item.kind === 'operation') }
}
