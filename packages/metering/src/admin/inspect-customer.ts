import type { BalanceUpdate } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import { openMeteringDatabase } from '../store/metering-database.ts'
import { readCustomer } from '../store/read-customer.ts'

/** A customer as metering knows it, without asking the backend. */
export type InspectedCustomer = {
  plan: string | null
  /** When the backend was last read; null if never. */
  syncedAt: string | null
  balances: BalanceUpdate[]
}

/** Reads what is known about one customer; null if nothing is. Never reads the backend, which would create an unknown customer. */
export async function inspectCustomer(
  database: Database,
  customerId: string,
): Promise<InspectedCustomer | null> {
  const known = { freshForMs: 0, staleAfterMs: 0 }
  const row = await readCustomer(await openMeteringDatabase(database), customerId, known)
  if (row.syncedAt === null && row.accounts.length === 0) return null
  return {
    plan: row.billing?.subscription?.planName ?? null,
    syncedAt: row.syncedAt,
    balances: row.accounts.map((account) => toBalanceUpdate(account, row.asOf)),
  }
}
