import type { DeliveryRow } from './claim-customer.ts'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** What taking a claimed customer's credits out of reach came to. */
export type FreezeAnswer =
  | { outcome: 'frozen' | 'running' | 'blocked' | 'lost' }
  | { outcome: 'pending'; deliveries: (DeliveryRow & { fence: number })[] }

/** Takes the credits of a claimed customer out of reach, unless some are held or not recorded at the backend yet. */
export async function freezeCustomer(
  database: MeteringDatabase,
  { customerId, fence }: { customerId: string; fence: number },
): Promise<FreezeAnswer> {
  const bucket = bucketOf(database, customerId)
  return callRoutine(database, 'freeze_customer', [bucket, customerId, fence])
}
