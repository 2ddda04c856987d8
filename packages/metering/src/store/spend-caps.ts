import type { CustomerId, MeterSlug, SpendCap } from '@tollgate/contract'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Reads the caps a customer has set, and how far each is. */
export async function readSpendCaps(
  database: MeteringDatabase,
  customerId: CustomerId,
): Promise<SpendCap[]> {
  const rows = await database.query<{
    caps: (Omit<SpendCap, 'resetsAt'> & { renewsAt: string })[]
  }>({
    name: 'metering.read_spend_caps',
    text: 'select metering.read_spend_caps($1::smallint, $2) as caps',
    values: [bucketOf(database, customerId), customerId],
  })
  const caps = rows[0]?.caps ?? []
  return caps.map(({ renewsAt, ...cap }) => ({
    ...cap,
    resetsAt: new Date(renewsAt).toISOString(),
  }))
}

/** Sets or takes away one cap; false when the customer has no such account yet. */
export async function writeSpendCap(
  database: MeteringDatabase,
  { customerId, meter, cap }: { customerId: CustomerId; meter: MeterSlug; cap: number | null },
): Promise<boolean> {
  const rows = await database.query<{ known: boolean }>({
    name: 'metering.set_spend_cap',
    text: 'select metering.set_spend_cap($1::smallint, $2, $3, $4) as known',
    values: [bucketOf(database, customerId), customerId, meter, cap],
  })
  return rows[0]?.known ?? false
}
