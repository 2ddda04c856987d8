import type { DeliveryRow } from './claim-customer.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** What taking a claimed customer's credits out of reach came to. */
export type FreezeAnswer =
  | { outcome: 'frozen' | 'running' | 'blocked' | 'lost' }
  | { outcome: 'pending'; deliveries: (DeliveryRow & { fence: number })[] }

/** Takes the credits of a claimed customer out of reach, unless some are held or not recorded at the backend yet. */
export async function freezeCustomer(
  database: MeteringDatabase,
  claim: { customerId: string; fence: number },
): Promise<FreezeAnswer> {
  const rows = await database.query<{ answer: FreezeAnswer }>({
    name: 'metering.freeze_customer',
    text: 'select metering.freeze_customer($1::smallint, $2, $3) as answer',
    values: [bucketOf(database, claim.customerId), claim.customerId, claim.fence],
  })
  const answer = rows[0]?.answer
  if (!answer) throw new Error('metering.freeze_customer did not answer.')
  return answer
}
