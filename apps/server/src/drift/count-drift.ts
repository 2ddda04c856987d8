import type { DriftedEvent } from '@tollgate/metering/postgres'

/** The number of drifted events by kind of drift. */
export type DriftCounts = Record<DriftedEvent['kind'], number>

/** Counts drifted events as they are found. */
export function countDrift(): {
  byKind: DriftCounts
  readonly total: number
  add(drifted: DriftedEvent): void
} {
  const byKind: DriftCounts = { missing_at_backend: 0, missing_in_metering: 0, different: 0 }
  return {
    byKind,
    get total() {
      return byKind.missing_at_backend + byKind.missing_in_metering + byKind.different
    },
    add: ({ kind }) => void (byKind[kind] += 1),
  }
}
