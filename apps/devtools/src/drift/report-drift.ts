import type { BillingBackend, UsageReceipt } from '@tollgate/contract'
import {
  type ChargeReader,
  findDrift,
  listingOf,
  type LostCharge,
} from '@tollgate/metering/postgres'
import { countDrift, describeDrift, type DriftCounts, type DriftLine } from '@tollgate/server'

/** The result of a comparison. */
export type DriftReport = { byKind: DriftCounts; total: number; redelivered: number }

const REDELIVERED_AT_ONCE = 100

/** Compares both sides, reports every drifted event as it is found, and optionally redelivers events that the backend lost. */
export async function reportDrift(options: {
  metering: ChargeReader
  backend: BillingBackend
  /** Epoch milliseconds. */
  time: { from: number; until: number }
  pageSize?: number
  /** Redelivers events that the backend lost; null to only report them. */
  redeliver: ((lost: readonly LostCharge[]) => Promise<UsageReceipt[]>) | null
  onDrift(line: DriftLine): void
}): Promise<DriftReport> {
  const { backend, time, onDrift, redeliver, ...rest } = options
  const listing = listingOf(backend)
  if (!listing) throw new DriftUnavailableError()
  const counts = countDrift()
  let redelivered = 0
  let lost: LostCharge[] = []
  const deliver = async () => {
    const receipts = redeliver ? await redeliver(lost) : []
    redelivered += receipts.filter(({ outcome }) => outcome === 'recorded').length
    lost = []
  }
  for await (const drifted of findDrift({ ...rest, backend: listing }, time)) {
    counts.add(drifted)
    onDrift(describeDrift(drifted))
    if (!redeliver || drifted.kind !== 'missing_at_backend') continue
    lost.push(drifted)
    if (lost.length === REDELIVERED_AT_ONCE) await deliver()
  }
  if (lost.length > 0) await deliver()
  return { byKind: counts.byKind, total: counts.total, redelivered }
}

/** The backend cannot list its usage events. */
class DriftUnavailableError extends Error {
  override readonly name = 'DriftUnavailableError'
  readonly code = 'DRIFT_UNAVAILABLE'

  constructor() {
    super(
      'This billing backend cannot list its usage events, so drift cannot be found. Compare with the export of its dashboard. Guide: errors#drift-unavailable',
    )
  }
}
