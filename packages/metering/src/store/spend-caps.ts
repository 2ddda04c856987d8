import type { CustomerId, SpendCap } from '@tollgate/contract'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Reads the caps a customer has set, and how far each is. */
export async function readSpendCaps(
  database: MeteringDatabase,
  customerId: CustomerId,
): Promise<SpendCap[]> {
  const caps = await callRoutine<(Omit<SpendCap, 'resetsAt'> & { renewsAt: string })[]>(
    database,
    'read_spend_caps',
    [bucketOf(database, customerId), customerId],
  )
  return caps.map(({ renewsAt, ...cap }) => ({
    ...cap,
    resetsAt: new Date(renewsAt).toISOString(),
  }))
}

/** Sets or takes away one cap; false when the customer has no such account yet. */
export async function writeSpendCap(
  database: MeteringDatabase,
  { customerId, meter, cap }: { customerId: CustomerId; meter: string; cap: number | null },
): Promise<boolean> {
  const bucket = bucketOf(database, customerId)
  return callRoutine(database, 'set_spend_cap', [bucket, customerId, meter, cap])
}
