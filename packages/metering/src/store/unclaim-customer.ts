import type { Database } from '@tollgate/database'

/** Lets a claim go that led to nothing; a newer claim stays. */
export async function unclaimCustomer(
  database: Database,
  claim: { customerId: string; fence: number },
): Promise<void> {
  await database.query({
    name: 'metering.unclaim_customer',
    text: 'select metering.unclaim_customer($1, $2)',
    values: [claim.customerId, claim.fence],
  })
}
