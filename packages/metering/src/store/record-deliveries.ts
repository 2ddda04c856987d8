import type { MeterSlug } from '@tollgate/contract'
import { byBucket, type MeteringDatabase } from './metering-database.ts'

/** What the backend said of one delivery, and how long to wait before it is asked again. */
export type RecordElement = {
  customerId: string
  fence: number
  operationId: string
  meter: MeterSlug
  transactionId: string
  /** Which sending of the event it is about, from 1. */
  sending: number
  outcome: 'recorded' | 'refused' | 'unavailable' | 'unauthorized'
  /** As the backend stored it. */
  stored?: { amount: number; subscriptionId: string; meter: string | null }
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

/** Records the backend's answers and lets the customers go, in one statement per bucket. Repeatable. */
export async function recordDeliveries(
  database: MeteringDatabase,
  receipts: readonly RecordElement[],
  options: { refusalsMax: number; keepClaim?: boolean },
): Promise<RecordAnswer[]> {
  const answers = new Map<RecordElement, RecordAnswer>()
  for (const [bucket, members] of byBucket(database, receipts)) {
    const words = await recordBucket(database, { bucket, members, ...options })
    for (const [index, member] of members.entries()) answers.set(member, words[index] ?? 'ignored')
  }
  return receipts.map((receipt) => answers.get(receipt) ?? 'ignored')
}

async function recordBucket(
  database: MeteringDatabase,
  record: {
    bucket: number
    members: readonly RecordElement[]
    refusalsMax: number
    keepClaim?: boolean
  },
): Promise<RecordAnswer[]> {
  const { bucket, members, refusalsMax, keepClaim = false } = record
  // Sorted by code unit: customers are locked in one order by everyone.
  const fences = new Map(members.map(({ customerId, fence }) => [customerId, fence]))
  const customers = [...fences.keys()].sort()
  const positions = new Map(customers.map((customerId, index) => [customerId, index + 1]))
  const rows = await database.query<{ words: string }>({
    name: 'metering.record_deliveries',
    text: `select metering.record_deliveries($1::smallint, $2::text[], $3::bigint[], $4::integer[], $5::uuid[], $6::text[],
      $7::text[], $8::integer[], $9::text[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15, $16)
      as words`,
    values: [
      bucket,
      customers,
      customers.map((customerId) => fences.get(customerId)),
      members.map(({ customerId }) => positions.get(customerId)),
      members.map(({ operationId }) => operationId),
      members.map(({ meter }) => meter),
      members.map(({ transactionId }) => transactionId),
      members.map(({ sending }) => sending),
      members.map(({ outcome }) => outcome),
      members.map(({ stored }) => stored?.amount ?? null),
      members.map(({ stored }) => stored?.subscriptionId ?? null),
      members.map(({ stored }) => stored?.meter ?? null),
      members.map(({ reason }) => reason ?? null),
      members.map(({ delayMs }) => delayMs),
      refusalsMax,
      keepClaim,
    ],
  })
  return (rows[0]?.words ?? '').split(',').map(toAnswer)
}

const ANSWERS = new Map<string, RecordAnswer>([
  ['delivered', 'delivered'],
  ['refused', 'refused'],
  ['quarantined', 'quarantined'],
  ['unavailable', 'unavailable'],
  ['unauthorized', 'unauthorized'],
])

function toAnswer(word: string): RecordAnswer {
  return ANSWERS.get(word) ?? 'ignored'
}
