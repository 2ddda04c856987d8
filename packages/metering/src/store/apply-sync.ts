import type { BalanceSource, CustomerBilling, MeterSlug } from '@tollgate/contract'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** One meter as the backend counts it, with what the plan says about its limit. */
export type SyncedMeter = {
  meter: MeterSlug
  available: number
  granted: number
  unlimited: boolean
  softLimit: boolean
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
  const rows = await database.query<{ applied: boolean }>({
    name: 'metering.apply_sync',
    text: 'select metering.apply_sync($1::smallint, $2, $3, $4::timestamptz, $5::jsonb, $6::jsonb) as applied',
    values: [
      bucketOf(database, read.customerId),
      read.customerId,
      read.fence,
      read.readAt,
      JSON.stringify(read.billing),
      JSON.stringify(read.meters),
    ],
  })
  return rows[0]?.applied ?? false
}
