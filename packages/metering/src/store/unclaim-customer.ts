import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Lets a claim go that led to nothing; a newer claim stays. */
export async function unclaimCustomer(
  database: MeteringDatabase,
  claim: { customerId: string; fence: number },
): Promise<void> {
  await database.query({
    name: 'metering.unclaim_customer',
    text: 'select metering.unclaim_customer($1::smallint, $2, $3)',
    values: [bucketOf(database, claim.customerId), claim.customerId, claim.fence],
  })
}
