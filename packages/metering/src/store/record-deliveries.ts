import type { UsageReceipt } from '@tollgate/contract'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { callRoutine } from './call-routine.ts'
import { byBucket, type MeteringDatabase } from './metering-database.ts'

/** The backend's answer to one delivery, and how long to wait before a retry. */
export type RecordElement = ClaimedDelivery & { receipt: UsageReceipt; delayMs: number }

const RESULTS = [
  'delivered',
  'refused',
  'quarantined',
  'unavailable',
  'unauthorized',
  'ignored',
] as const

/** The outcome of one event. */
export type RecordResult = (typeof RESULTS)[number]

type Options = { refusalsMax: number; keepClaim: boolean }

/** Records the backend's answers and releases the claims, in one statement per bucket. Idempotent. */
export async function recordDeliveries(
  database: MeteringDatabase,
  elements: readonly RecordElement[],
  options: Options,
): Promise<RecordResult[]> {
  const answers = new Map<RecordElement, RecordResult>()
  for (const [bucket, members] of byBucket(database, elements)) {
    const args = [bucket, ...columnsOf(members), options.refusalsMax, options.keepClaim]
    const words = (await callRoutine<string>(database, 'record_deliveries', args)).split(',')
    for (const [index, member] of members.entries()) {
      answers.set(member, RESULTS.find((result) => result === words[index]) ?? 'ignored')
    }
  }
  return elements.map((element) => answers.get(element) ?? 'ignored')
}

function columnsOf(members: readonly RecordElement[]): unknown[][] {
  // Sorted by code unit, so that all statements lock customers in the same order.
  const fences = new Map(members.map(({ customerId, fence }) => [customerId, fence]))
  const customers = [...fences.keys()].sort()
  const positions = new Map(customers.map((customerId, index) => [customerId, index + 1]))
  const stored = members.map(({ receipt }) => (receipt.outcome === 'recorded' ? receipt : null))
  return [
    customers,
    customers.map((customerId) => fences.get(customerId)),
    members.map(({ customerId }) => positions.get(customerId)),
    members.map(({ operationId }) => operationId),
    members.map(({ meter }) => meter),
    members.map(({ receipt }) => receipt.transactionId),
    members.map(({ sendings }) => sendings),
    members.map(({ receipt }) => receipt.outcome),
    stored.map((receipt) => receipt?.amount ?? null),
    stored.map((receipt) => receipt?.subscriptionId ?? null),
    stored.map((receipt) => receipt?.meter ?? null),
    members.map(({ receipt }) => ('reason' in receipt ? receipt.reason : null)),
    members.map(({ delayMs }) => delayMs),
  ]
}
