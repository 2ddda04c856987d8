import type { DriftFound } from '@tollgate/api'
import type { DriftedEvent, LostCharge } from '@tollgate/metering/postgres'
import { describeDrift } from '../drift/describe-drift.ts'

/** One restore can lose thousands; the command lists them all. */
const KEPT_MAX = 200

/** What the last finished comparison with the backend found, in this process. */
export type DriftLog = {
  /** Stores the result of a comparison. */
  record(found: { total: number; events: readonly DriftedEvent[] }): void
  read(): DriftFound | null
  /** A charge of the last comparison that the backend lost. */
  findLost(transactionId: string): LostCharge | null
  /** Removes an event that was redelivered; the next comparison shows whether it arrived. */
  forget(transactionId: string): void
  readonly keptMax: number
}

/** Creates the log of one process. */
export function createDriftLog({ now = () => new Date() } = {}): DriftLog {
  let latest: { checkedAt: string; total: number; events: readonly DriftedEvent[] } | null = null
  return {
    keptMax: KEPT_MAX,
    record({ total, events }) {
      latest = { checkedAt: now().toISOString(), total, events: events.slice(0, KEPT_MAX) }
    },
    read: () => latest && { ...latest, events: latest.events.map(describeDrift) },
    findLost(transactionId) {
      for (const event of latest?.events ?? []) {
        if (event.kind !== 'missing_at_backend') continue
        if (event.charge.transactionId === transactionId) return event
      }
      return null
    },
    forget(transactionId) {
      if (!latest) return
      const events = latest.events.filter(
        (event) => describeDrift(event).transactionId !== transactionId,
      )
      latest = { ...latest, total: latest.total - (latest.events.length - events.length), events }
    },
  }
}
