import type { CustomerId, SpendCap } from '@tollgate/contract'
import { callForCustomer } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** Reads the caps a customer has set, and how far each is. */
export async function readSpendCaps(
  database: MeteringDatabase,
  customerId: CustomerId,
): Promise<SpendCap[]> {
  const caps = await callForCustomer<(Omit<SpendCap, 'resetsAt'> & { renewsAt: string })[]>(
    database,
    'read_spend_caps',
    [customerId],
  )
  return caps.map(({ renewsAt, ...cap }) => ({
    ...cap,
    resetsAt: new Date(renewsAt).toISOString(),
  }))
}
