import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Gauge, type Registry } from 'prom-client'

const RESOLUTION_MS = 20
const QUANTILES = [0.5, 0.99, 1]

/** The delay of the event loop since the previous scrape, which is added to every response. */
export function gaugeEventLoop(registry: Registry): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  new Gauge({
    name: 'tollgate_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last scrape, by quantile.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const quantile of QUANTILES) {
        const late = delays.percentile(quantile * 100) / 1e9 - RESOLUTION_MS / 1000
        this.set({ quantile: String(quantile) }, Math.max(0, late))
      }
      delays.reset()
    },
  })
}
