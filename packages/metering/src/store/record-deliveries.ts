import type { Database } from '@tollgate/database'

/** What the backend said of one delivery, and how long to wait before it is asked again. */
export type RecordElement = {
  customerId: string
  fence: number
  transactionId: string
  /** Which sending of the event it is about, from 1. */
  sending: number
  outcome: 'recorded' | 'refused' | 'unavailable' | 'unauthorized'
  amount?: number
  subscriptionId?: string
  meter?: string | null
  reason?: string
  delayMs: number
}

/** What became of one event. */
export type RecordAnswer =
  | 'delivered'
  | 'refused'
  | 'quarantined'
  | 'unavailable'
  | 'unauthorized'
  | 'ignored'

/** Writes down the backend's answers and lets the customers go, in one statement. Repeatable. */
export async function recordDeliveries(
  database: Database,
  receipts: readonly RecordElement[],
  options: { refusalsMax: number; keepClaim?: boolean },
): Promise<RecordAnswer[]> {
  const rows = await database.query<{ answers: RecordAnswer[] }>({
    name: 'metering.record_deliveries',
    text: 'select metering.record_deliveries($1::jsonb, $2, $3) as answers',
    values: [JSON.stringify(receipts), options.refusalsMax, options.keepClaim ?? false],
  })
  return rows[0]?.answers ?? []
}
