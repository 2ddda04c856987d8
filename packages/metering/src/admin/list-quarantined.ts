import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/** A usage event that the backend refuses, with its answer. */
export type QuarantinedEvent = {
  transactionId: string
  customerId: string
  operationId: string
  meter: string
  amount: number
  deliveries: number
  reason: string | null
  occurredAt: string
}

/** One page of quarantined usage events, by customer; the next page begins after the last one. */
export async function listQuarantined(
  database: Database,
  page: {
    limit: number
    after?: Pick<QuarantinedEvent, 'customerId' | 'operationId' | 'meter'> | undefined
  },
): Promise<{ items: QuarantinedEvent[]; hasMore: boolean }> {
  const { limit, after } = page
  const found: QuarantinedEvent[] = []
  for (const bucket of await readOwnedBuckets(database)) {
    const position = [
      after?.customerId ?? null,
      after?.operationId ?? null,
      after?.meter ?? null,
    ] as const
    const args = [bucket, limit + 1, ...position]
    found.push(...(await callRoutine<QuarantinedEvent[]>(database, 'list_quarantined', args)))
  }
  const ordered = found.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
  return { items: ordered.slice(0, limit), hasMore: ordered.length > limit }
}

function placeOf({ customerId, operationId, meter }: QuarantinedEvent): string {
  return `${customerId}\n${operationId}\n${meter}`
}
