import type { CustomerBilling } from '@tollgate/contract'
import type { AccountRowWithSources } from './account-row.ts'
import { callForCustomer } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** A customer's plan and accounts as last synced. */
export type CustomerRow = {
  billing: CustomerBilling | null
  syncedAt: string | null
  asOf: string
  /** The backend should be read again. */
  due: boolean
  /** Too old to act on, or never read. */
  stale: boolean
  accounts: AccountRowWithSources[]
}

/** Reads a customer's plan and accounts in one statement. */
export async function readCustomer(
  database: MeteringDatabase,
  customerId: string,
  policy: { freshForMs: number; staleAfterMs: number },
): Promise<CustomerRow> {
  const { freshForMs, staleAfterMs } = policy
  return callForCustomer(database, 'read_customer', [customerId, freshForMs, staleAfterMs])
}
