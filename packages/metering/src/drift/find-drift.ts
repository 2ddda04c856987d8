import type { CustomerId } from '@tollgate/contract'
import { cancelPairs } from './cancel-pairs.ts'
import { compareUsage, type UsageSpan } from './compare-usage.ts'
import type { DriftedEvent } from './drifted-event.ts'
import { abandonedBy, type DriftSides } from './drift-sides.ts'

const CUSTOMERS_PER_PAGE = 500

/**
 * Yields every usage event settled in a time span (epoch milliseconds) that only metering or only the billing backend has, or on which
 * they disagree. What is still in the outbox is not drift.
 */
export async function* findDrift(
  sides: DriftSides,
  time: { from: number; until: number },
): AsyncGenerator<DriftedEvent> {
  for await (const customerId of knownCustomers(sides)) {
    const span = await keptSpan(sides, { ...time, customerId })
    if (await hasCharges(sides, span)) yield* cancelPairs(compareUsage(sides, span))
  }
  // After a restore from a backup, metering may lack whole customers.
  for await (const customerId of customersOfBackend(sides)) {
    const span = await keptSpan(sides, { ...time, customerId })
    if (!(await hasCharges(sides, span))) yield* cancelPairs(compareUsage(sides, span))
  }
}

/** The backend still has what has aged out here. */
async function keptSpan({ metering }: DriftSides, span: UsageSpan): Promise<UsageSpan> {
  return { ...span, from: Math.max(span.from, await metering.keptSince(span.customerId)) }
}

async function* knownCustomers({ metering, signal }: DriftSides): AsyncGenerator<CustomerId> {
  let after = ''
  let page: CustomerId[]
  do {
    page = await metering.customerIds({ after, limit: CUSTOMERS_PER_PAGE })
    for (const customerId of page) {
      signal?.throwIfAborted()
      yield customerId
    }
    after = page.at(-1) ?? after
  } while (page.length === CUSTOMERS_PER_PAGE)
}

async function* customersOfBackend({ backend, signal }: DriftSides): AsyncGenerator<CustomerId> {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof backend.listCustomers>> = await backend.listCustomers(
      cursor,
      abandonedBy(signal),
    )
    yield* page.customerIds
    cursor = page.nextCursor
  } while (cursor !== null)
}

async function hasCharges({ metering }: DriftSides, span: UsageSpan): Promise<boolean> {
  const { charges } = await metering.charges({ ...span, after: null, limit: 1 })
  return charges.length > 0
}
