import type { Logger } from '@tollgate/contract'
import type { MeteringEvent, RelayBacklog } from '@tollgate/metering'
import { Counter, Gauge, Registry } from 'prom-client'
import type { DriftCounts } from '../drift/count-drift.ts'
import { createDriftGauges } from './create-drift-gauges.ts'

/** The figures of this process in Prometheus' text format. */
export type Metrics = {
  onEvent(event: MeteringEvent): void
  /** What the gauges ask when they are read; before it is said they stay silent. */
  watch(backlog: () => Promise<RelayBacklog>): void
  /** What a comparison with the billing backend found; null when it could not be finished. */
  onDriftChecked(counts: DriftCounts | null): void
  contentType: string
  text(): Promise<string>
}

/** Makes the figures; nothing runs in between two readings. */
export function createMetrics({ logger }: { logger: Logger }): Metrics {
  const registry = new Registry()
  const counters = createCounters(registry)
  const gauges = createGauges(registry)
  let readBacklog: (() => Promise<RelayBacklog>) | null = null

  async function look(): Promise<void> {
    try {
      const backlog = await readBacklog?.()
      if (!backlog) return
      gauges.pending.set(backlog.pending)
      gauges.oldest.set(backlog.oldestAgeMs / 1000)
      gauges.quarantined.set(backlog.quarantined)
    } catch (error) {
      // An old figure would look like a quiet hour; none at all is what an alarm can hear.
      for (const gauge of Object.values(gauges)) gauge.remove()
      logger.warn({ error }, 'the backlog could not be read for the metrics')
    }
  }

  return {
    contentType: registry.contentType,
    watch: (backlog) => (readBacklog = backlog),
    onEvent: (event) => count(counters, event),
    onDriftChecked: createDriftGauges(registry),
    async text() {
      await look()
      return registry.metrics()
    },
  }
}

type Counters = ReturnType<typeof createCounters>

function createCounters(registry: Registry) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })
  return {
    operations: counter('tollgate_operations_total', 'Billed calls by how they ended.', [
      'procedure',
      'outcome',
    ]),
    overrun: counter(
      'tollgate_overrun_credits_total',
      'Credits used beyond a hold and not charged, because they were not there.',
      ['procedure'],
    ),
    quarantined: counter(
      'tollgate_usage_events_set_aside_total',
      'Usage events set aside for a person.',
      ['meter'],
    ),
    expired: counter(
      'tollgate_operations_abandoned_total',
      'Operations whose process died, by what became of them.',
      ['procedure', 'became'],
    ),
  }
}

function createGauges(registry: Registry) {
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  return {
    pending: gauge('tollgate_usage_events_pending', 'Usage events the backend has not confirmed.'),
    oldest: gauge(
      'tollgate_usage_events_oldest_seconds',
      'How long the oldest of them has waited; 0 when there is none.',
    ),
    quarantined: gauge(
      'tollgate_usage_events_quarantined',
      'Usage events that wait for a person now.',
    ),
  }
}

function count(counters: Counters, event: MeteringEvent): void {
  switch (event.kind) {
    case 'operation': {
      const { procedure, outcome } = event
      counters.operations.inc({ procedure, outcome })
      break
    }
    case 'overrun':
      counters.overrun.inc({ procedure: event.procedure }, event.credits)
      break
    case 'quarantined':
      counters.quarantined.inc({ meter: event.meter })
      break
    case 'expired': {
      const { procedure, became } = event
      counters.expired.inc({ procedure, became })
    }
  }
}
