import type { Logger } from '@tollgate/contract'
import type { MeteringEvent, RelayBacklog } from '@tollgate/metering'
import { Counter, Gauge, Registry } from 'prom-client'
import manifest from '../../package.json' with { type: 'json' }
import type { DriftCounts } from '../drift/count-drift.ts'

/** The metrics of this process in Prometheus' text format. */
export type Metrics = {
  onEvent(event: MeteringEvent): void
  /** Where the outbox gauges are read from at every scrape; they are absent until it is set. */
  watch(backlog: () => Promise<RelayBacklog>): void
  /** What a comparison with the billing backend found; null when it could not be finished. */
  onDriftChecked(counts: DriftCounts | null): void
  contentType: string
  /** What is defined here, for those who send it elsewhere. */
  registry: Registry
  text(): Promise<string>
}

/** Creates the metrics; nothing runs between two scrapes. */
export function createMetrics({ logger }: { logger: Logger }): Metrics {
  const registry = new Registry()
  const counters = createCounters(registry)
  const { outbox, oldest, drift, driftChecked } = createGauges(registry)
  let readBacklog: (() => Promise<RelayBacklog>) | null = null

  async function readOutbox(): Promise<void> {
    try {
      const backlog = await readBacklog?.()
      if (!backlog) return
      outbox.set({ state: 'pending' }, backlog.pending)
      outbox.set({ state: 'quarantined' }, backlog.quarantined)
      oldest.set(backlog.oldestAgeMs / 1000)
    } catch (error) {
      // A stale figure would look like a quiet hour; an absent one can raise an alert.
      outbox.reset()
      oldest.remove()
      logger.warn({ error }, 'metrics: reading the outbox backlog failed')
    }
  }

  return {
    contentType: registry.contentType,
    registry,
    watch: (backlog) => (readBacklog = backlog),
    onEvent: (event) => count(counters, event),
    onDriftChecked(counts) {
      if (counts === null) {
        drift.reset()
        driftChecked.remove()
        return
      }
      for (const [kind, found] of Object.entries(counts)) drift.set({ kind }, found)
      driftChecked.setToCurrentTime()
    },
    async text() {
      await readOutbox()
      return registry.metrics()
    },
  }
}

type Counters = ReturnType<typeof createCounters>

function createCounters(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `tollgate_${name}`, help, labelNames, registers: [registry] })
  return {
    operations: counter('operations_total', 'Billed calls by outcome.', ['procedure', 'outcome']),
    overrun: counter(
      'overrun_credits_total',
      'Credits used beyond a hold and not charged for lack of funds.',
      ['procedure'],
    ),
    quarantined: counter('quarantined_usage_events_total', 'Usage events put into quarantine.', [
      'meter',
    ]),
    expired: counter('expired_operations_total', 'Operations whose process died, by outcome.', [
      'procedure',
      'outcome',
    ]),
  }
}

function createGauges(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `tollgate_${name}`, help, labelNames, registers: [registry] })
  gauge('build_info', 'The running version.', ['version']).set({ version: manifest.version }, 1)
  const driftChecked = gauge(
    'drift_last_check_timestamp_seconds',
    'When usage was last compared with the billing backend.',
  )
  driftChecked.remove()
  return {
    outbox: gauge('outbox_usage_events', 'Usage events in the outbox, by state.', ['state']),
    oldest: gauge(
      'outbox_oldest_usage_event_age_seconds',
      'Age of the oldest pending usage event; 0 when there is none.',
    ),
    drift: gauge(
      'drift_usage_events',
      'Usage events of the last week on which metering and the billing backend disagree.',
      ['kind'],
    ),
    driftChecked,
  }
}

function count(counters: Counters, event: MeteringEvent): void {
  switch (event.kind) {
    case 'operation':
      return counters.operations.inc({ procedure: event.procedure, outcome: event.outcome })
    case 'overrun':
      return counters.overrun.inc({ procedure: event.procedure }, event.credits)
    case 'quarantined':
      return counters.quarantined.inc({ meter: event.meter })
    case 'expired':
      return counters.expired.inc({ procedure: event.procedure, outcome: event.became })
  }
}
