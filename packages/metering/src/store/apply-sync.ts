import type { BalanceSource, CustomerBilling, MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

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
  database: Database,
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
    text: 'select metering.apply_sync($1, $2, $3::timestamptz, $4::jsonb, $5::jsonb) as applied',
    values: [
      read.customerId,
      read.fence,
      read.readAt,
      JSON.stringify(read.billing),
      JSON.stringify(read.meters),
    ],
  })
  return rows[0]?.applied ?? false
}
