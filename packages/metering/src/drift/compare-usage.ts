import { BillingBackendError, type CustomerId, type ListedUsage } from '@tollgate/contract'
import type { Charge, ChargeCursor } from '../store/create-charge-reader.ts'
import type { DriftedEvent } from './drifted-event.ts'
import { abandonedBy, type DriftSides } from './drift-sides.ts'

/** One customer's usage in a time span: `from` inclusive, `until` exclusive, in epoch milliseconds. */
export type UsageSpan = { customerId: CustomerId; from: number; until: number }

/** The backend's maximum page size. */
const PAGE = 1000

/**
 * Compares one customer's usage, window by window, so that at most two pages are in memory. A window's charges are read before its
 * events, so a charge delivered in between still counts as undelivered. Also yields undelivered charges, because the backend may have
 * them from before a restore, in another window.
 */
export async function* compareUsage(
  sides: DriftSides,
  span: UsageSpan,
): AsyncGenerator<DriftedEvent> {
  let from = span.from
  let after: ChargeCursor | null = null
  let carried: Charge[] = []
  do {
    const page: ChargePage = await sides.metering.charges({
      ...span,
      after,
      limit: pageOf(sides),
    })
    after = page.next
    // The next page may continue within the last millisecond of this one.
    const until: number = after ? (page.charges.at(-1)?.occurredAt ?? span.until) : span.until
    const charges = [...carried, ...page.charges]
    carried = charges.filter(({ occurredAt }) => occurredAt >= until)
    yield* compareWindow(sides, {
      window: { customerId: span.customerId, from, until },
      charges: charges.filter(({ occurredAt }) => occurredAt < until),
    })
    from = until
  } while (after)
}

async function* compareWindow(
  sides: DriftSides,
  { window, charges }: { window: UsageSpan; charges: Charge[] },
): AsyncGenerator<DriftedEvent> {
  const { customerId } = window
  const byTransaction = new Map(charges.map((charge) => [charge.transactionId, charge]))
  const byOperation = new Map(charges.map((charge) => [operationOf(charge), charge]))
  for await (const event of usageAtBackend(sides, window)) {
    // The operation still finds it after the secret changed, from which transaction ids are derived.
    const charge = byTransaction.get(event.transactionId) ?? byOperation.get(operationOf(event))
    if (charge) {
      byTransaction.delete(charge.transactionId)
      byOperation.delete(operationOf(charge))
    }
    if (!charge) {
      if (await isChargedHere(sides, { customerId, event })) continue
      yield { kind: 'missing_in_metering', customerId, event }
    } else if (charge.amount !== event.amount || charge.meter !== event.meter) {
      yield { kind: 'different', customerId, charge, event }
    }
  }
  for (const charge of byTransaction.values()) {
    yield { kind: 'missing_at_backend', customerId, charge }
  }
}

async function* usageAtBackend(sides: DriftSides, window: UsageSpan): AsyncGenerator<ListedUsage> {
  if (window.from >= window.until) return
  const { backend, signal } = sides
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof backend.listUsage>> = await backend
      .listUsage(
        { ...window, limit: pageOf(sides), ...(cursor === null ? {} : { cursor }) },
        abandonedBy(signal),
      )
      .catch(nothingOfAnUnknownCustomer)
    yield* page.events
    cursor = page.nextCursor
  } while (cursor !== null)
}

function nothingOfAnUnknownCustomer(error: unknown): { events: ListedUsage[]; nextCursor: null } {
  if (error instanceof BillingBackendError && error.code === 'not_found') {
    return { events: [], nextCursor: null }
  }
  throw error
}

/** Whether the charge exists by now: it may have been settled and delivered after the window's charges were read. */
async function isChargedHere(
  sides: DriftSides,
  { customerId, event }: { customerId: CustomerId; event: ListedUsage },
): Promise<boolean> {
  let after: ChargeCursor | null = null
  do {
    const page: ChargePage = await sides.metering.charges({
      customerId,
      from: event.at,
      until: event.at + 1,
      after,
      limit: pageOf(sides),
    })
    if (page.charges.some((charge) => isSame(charge, event))) return true
    after = page.next
  } while (after)
  return false
}

function isSame(charge: Charge, event: ListedUsage): boolean {
  if (charge.meter !== event.meter) return false
  return charge.transactionId === event.transactionId || operationOf(charge) === operationOf(event)
}

function operationOf({ operationId, meter }: Charge | ListedUsage): string {
  return `${operationId ?? ''} ${meter ?? ''}`
}

type ChargePage = Awaited<ReturnType<DriftSides['metering']['charges']>>

function pageOf({ pageSize = PAGE }: DriftSides): number {
  return pageSize
}
