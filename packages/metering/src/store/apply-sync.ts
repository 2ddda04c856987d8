import type { BalanceSource, CustomerBilling } from '@tollgate/contract'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** One meter as the backend counts it. */
export type SyncedMeter = {
  meter: string
  available: number
  granted: number
  unlimited: boolean
  /** The routines of the version before read it. */
  softLimit: false
  breakdown: BalanceSource[]
}

/**
 * Writes down what the backend said while a customer was claimed; false when the claim was lost meanwhile. Repeatable: no
 * event is delivered without a newer claim, so the same reading is still exact.
 */
export async function applySync(
  database: MeteringDatabase,
  read: {
    customerId: string
    fence: number
    /** When the claim was taken: what we know is as old as the question. */
    readAt: string
    billing: CustomerBilling
    meters: readonly SyncedMeter[]
  },
): Promise<boolean> {
  return callRoutine(database, 'apply_sync', [
    bucketOf(database, read.customerId),
    read.customerId,
    read.fence,
    read.readAt,
    JSON.stringify(read.billing),
    JSON.stringify(read.meters),
  ])
}
