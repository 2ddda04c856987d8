import type { Logger } from '@tollgate/contract'
import type { MeteringEvent } from '@tollgate/metering'
import { Gauge, Registry } from 'prom-client'
import manifest from '../../package.json' with { type: 'json' }
import type { DriftCounts } from '../drift/count-drift.ts'
import { countEvents } from './count-events.ts'
import { gaugeEventLoop } from './gauge-event-loop.ts'
import { gaugeStores, type MetricSources } from './gauge-stores.ts'

/** The metrics of this process in Prometheus' text format. */
export type Metrics = {
  onEvent(event: MeteringEvent): void
  /** The sources that the gauges read at every scrape; the gauges are absent until it is called. */
  watch(sources: MetricSources): void
  /** The result of a comparison with the billing backend; null if it could not finish. */
  onDriftChecked(counts: DriftCounts | null): void
  contentType: string
  /** The registry, for exporters. */
  registry: Registry
  text(): Promise<string>
}

/** Creates the metrics; between scrapes only the event loop monitor runs, and only if the metrics are read. */
export function createMetrics(options: { logger: Logger; isRead: boolean }): Metrics {
  const registry = new Registry()
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `tollgate_${name}`, help, labelNames, registers: [registry] })
  gauge('build_info', 'The running version.', ['version']).set({ version: manifest.version }, 1)
  const onEvent = countEvents(registry)
  const watch = gaugeStores({ registry, logger: options.logger })
  if (options.isRead) gaugeEventLoop(registry)
  const drift = gauge(
    'drift_usage_events',
    'Usage events of the last week on which metering and the billing backend disagree.',
    ['kind'],
  )
  const driftChecked = gauge(
    'drift_last_check_timestamp_seconds',
    'When usage was last compared with the billing backend.',
  )
  driftChecked.remove()

  return {
    contentType: registry.contentType,
    registry,
    watch,
    onEvent,
    onDriftChecked(counts) {
      if (counts === null) {
        drift.reset()
        driftChecked.remove()
        return
      }
      for (const [kind, found] of Object.entries(counts)) drift.set({ kind }, found)
      driftChecked.setToCurrentTime()
    },
    text: () => registry.metrics(),
  }
}
