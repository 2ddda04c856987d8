import type { RefusalCounts } from '@tollgate/api'
import type { MeteringEvent } from '@tollgate/metering'

/** More pairs of procedure and outcome than a product has; further pairs are not counted. */
const PAIRS_MAX = 1000

/** Counts the outcomes of calls that were not charged, in this process. */
export type RefusalLog = {
  onEvent(event: MeteringEvent): void
  read(): RefusalCounts
}

/** Creates the counts of one process. */
export function createRefusalLog({ now = () => new Date() } = {}): RefusalLog {
  const since = now().toISOString()
  const counts = new Map<string, RefusalCounts['counts'][number]>()
  return {
    onEvent(event) {
      if (event.kind !== 'operation') return
      const { procedure, outcome } = event
      if (outcome === 'settled' || outcome === 'replayed') return
      const pair = `${procedure} ${outcome}`
      const known = counts.get(pair)
      if (!known && counts.size >= PAIRS_MAX) return
      const count = (known?.count ?? 0) + 1
      counts.set(pair, { procedure, outcome, count, lastAt: now().toISOString() })
    },
    read: () => ({
      since,
      counts: [...counts.values()].toSorted((one, other) => other.count - one.count),
    }),
  }
}
