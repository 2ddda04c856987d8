import { Gauge, type Registry } from 'prom-client'
import type { DriftCounts } from '../drift/count-drift.ts'

/** The gauges of the last comparison with the billing backend; both go away while it cannot be made. */
export function createDriftGauges(registry: Registry): (counts: DriftCounts | null) => void {
  const registers = [registry]
  const events = new Gauge({
    name: 'tollgate_drift_events',
    help: 'Usage events of the last week that metering and the billing backend disagree about.',
    labelNames: ['kind'],
    registers,
  })
  const checked = new Gauge({
    name: 'tollgate_drift_last_check_timestamp_seconds',
    help: 'When usage was last compared with the billing backend.',
    registers,
  })
  checked.remove()
  return (counts) => {
    if (counts === null) {
      events.reset()
      checked.remove()
      return
    }
    for (const [kind, count] of Object.entries(counts)) events.set({ kind }, count)
    checked.setToCurrentTime()
  }
}
