import type { MeteringEvent } from '@tollgate/metering'
import { Counter, Histogram, type Registry } from 'prom-client'

/** From a cached result to the longest work that a call may do. */
const DURATION_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600]

const DELIVERY_OUTCOMES = ['recorded', 'refused', 'unavailable', 'unauthorized']

/** Counts what metering emits. */
export function countEvents(registry: Registry): (event: MeteringEvent) => void {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `tollgate_${name}`, help, labelNames, registers: [registry] })
  const holds = counter('holds_total', 'Holds placed.', ['procedure'])
  const operations = counter('operations_total', 'Billed calls by outcome.', [
    'procedure',
    'outcome',
  ])
  const duration = new Histogram({
    name: 'tollgate_operation_duration_seconds',
    help: 'Settled calls, from hold to settle.',
    labelNames: ['procedure'],
    buckets: DURATION_BUCKETS_S,
    registers: [registry],
  })
  const overrun = counter(
    'overrun_credits_total',
    'Credits used beyond a hold and not charged for lack of funds.',
    ['procedure'],
  )
  const deliveries = counter(
    'delivered_usage_events_total',
    'Usage events sent to the billing backend, by its answer.',
    ['outcome'],
  )
  // Initialized to 0, because a counter that first appears with a failure shows no increase.
  for (const outcome of DELIVERY_OUTCOMES) deliveries.inc({ outcome }, 0)
  const quarantined = counter(
    'quarantined_usage_events_total',
    'Usage events put into quarantine.',
    ['meter'],
  )
  const expired = counter(
    'expired_operations_total',
    'Operations whose process died, by outcome.',
    ['procedure', 'outcome'],
  )

  return (event) => {
    switch (event.kind) {
      case 'hold':
        return holds.inc({ procedure: event.procedure })
      case 'operation': {
        const { procedure, outcome, milliseconds } = event
        if (milliseconds !== undefined) duration.observe({ procedure }, milliseconds / 1000)
        return operations.inc({ procedure, outcome })
      }
      case 'overrun':
        return overrun.inc({ procedure: event.procedure }, event.credits)
      case 'delivery':
        return deliveries.inc({ outcome: event.outcome }, event.events)
      case 'quarantined':
        return quarantined.inc({ meter: event.meter })
      case 'expired':
        return expired.inc({ procedure: event.procedure, outcome: event.became })
    }
  }
}
