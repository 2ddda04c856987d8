import { customerId, type CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { type MeteringDatabase, readOwnedBuckets } from './metering-database.ts'
import { type Charge, type ChargeCursor, type ChargeQuery, readCharges } from './read-charges.ts'

/** Reads what a reconciliation compares with the usage events at the backend. */
export type ChargeReader = {
  /** A customer's charges, a page at a time, oldest first; `next` is null on the last page. */
  charges(query: ChargeQuery): Promise<{ charges: Charge[]; next: ChargeCursor | null }>
  /** The ids of known customers after the given one, in order. */
  customerIds(page: { after: string; limit: number }): Promise<CustomerId[]>
}

/** Makes a reader of charges; the secret is the server's, because transaction ids follow from it. */
export function createChargeReader(options: { database: Database; secret: string }): ChargeReader {
  const { database, secret } = options
  let opened: Promise<MeteringDatabase> | null = null
  const open = () =>
    (opened ??= readOwnedBuckets(database).then(
      (buckets) => ({ ...database, bucketCount: buckets.length }),
      (error: unknown) => {
        opened = null
        throw error
      },
    ))
  return {
    charges: async (query) => readCharges(await open(), { ...query, secret }),
    async customerIds({ after, limit }) {
      const rows = await database.query<{ customerId: string }>({
        name: 'metering.customer_ids',
        text: `select customer_id as "customerId" from metering.customer
               where customer_id > $1 order by customer_id limit $2`,
        values: [after, limit],
      })
      return rows.map((row) => customerId(row.customerId))
    },
  }
}
