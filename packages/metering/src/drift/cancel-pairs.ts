import type { DriftedEvent } from './drifted-event.ts'

/** The most differences buffered per customer; beyond it they are passed on as found. */
const HELD_BACK_MAX = 10_000

/**
 * Pairs differences with the same transaction id: a key retried after a restore is charged later here than at the backend, which kept the
 * first charge. A pair cancels out unless its amounts differ. Also drops charges that are not delivered yet; passes everything else on.
 */
export async function* cancelPairs(
  found: AsyncIterable<DriftedEvent>,
): AsyncGenerator<DriftedEvent> {
  const heldBack = new Map<string, DriftedEvent>()
  for await (const drifted of found) {
    const id = transactionOf(drifted)
    const other = heldBack.get(id)
    if (other && other.kind !== drifted.kind) {
      heldBack.delete(id)
      const different = pair(other, drifted)
      if (different) yield different
      continue
    }
    heldBack.set(id, drifted)
    const [oldest] = heldBack.keys()
    if (heldBack.size <= HELD_BACK_MAX || oldest === undefined) continue
    const first = heldBack.get(oldest)
    heldBack.delete(oldest)
    if (first && !isOnItsWay(first)) yield first
  }
  for (const drifted of heldBack.values()) if (!isOnItsWay(drifted)) yield drifted
}

function isOnItsWay(drifted: DriftedEvent): boolean {
  return drifted.kind === 'missing_at_backend' && !drifted.charge.delivered
}

function transactionOf(drifted: DriftedEvent): string {
  const { transactionId, meter } =
    drifted.kind === 'missing_in_metering' ? drifted.event : drifted.charge
  return `${transactionId} ${meter ?? ''}`
}

/** The difference between the two sides of one transaction; null when it is only the time. */
function pair(one: DriftedEvent, other: DriftedEvent): DriftedEvent | null {
  const [charged, recorded] = one.kind === 'missing_at_backend' ? [one, other] : [other, one]
  if (charged.kind !== 'missing_at_backend' || recorded.kind !== 'missing_in_metering') return other
  const { charge, customerId } = charged
  const { event } = recorded
  return charge.amount === event.amount ? null : { kind: 'different', customerId, charge, event }
}
