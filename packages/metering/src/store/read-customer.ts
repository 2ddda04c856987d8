import type { CustomerBilling } from '@tollgate/contract'
import type { AccountRowWithSources } from './account-row.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** A customer's plan and accounts as we know them. */
export type CustomerRow = {
  billing: CustomerBilling | null
  syncedAt: string | null
  asOf: string
  /** The backend should be asked again. */
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
  const rows = await database.query<{ customer: CustomerRow }>({
    name: 'metering.read_customer',
    text: 'select metering.read_customer($1::smallint, $2, $3, $4) as customer',
    values: [bucketOf(database, customerId), customerId, policy.freshForMs, policy.staleAfterMs],
  })
  const customer = rows[0]?.customer
  if (!customer) throw new Error('metering.read_customer did not answer.')
  return customer
}
