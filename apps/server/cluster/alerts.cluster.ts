import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ALERT_FAULTS } from './alert-faults.ts'
import { type AlertStage, openAlertStage } from './alert-stage.ts'
import { type RunningPrometheus, startPrometheus } from './start-prometheus.ts'

/** The `for` of every alert and the window of rates, instead of minutes. */
const FOR_SECONDS = 2
const WINDOW_SECONDS = 12
/** A scrape every three seconds, a retry of the relay or of a connection, and the window of a rate. */
const PATIENTLY = { timeout: 60_000, interval: 250 }

describe('an alert fires and resolves', () => {
  const table: { fault: string; alert: string; fired: string; resolved: string }[] = []
  const cleanups: (() => Promise<void>)[] = []
  let stage: AlertStage
  let prometheus: RunningPrometheus
  beforeAll(async () => {
    stage = await openAlertStage()
    cleanups.push(stage.close)
    prometheus = await startPrometheus({
      target: stage.server.url,
      token: stage.token,
      forSeconds: FOR_SECONDS,
      windowSeconds: WINDOW_SECONDS,
    })
    cleanups.push(prometheus.stop)
  })
  afterAll(async () => {
    process.stdout.write(`${describeTable(table)}\n`)
    for (const cleanup of cleanups.toReversed()) await cleanup()
  })

  /** The seconds until all these alerts fire, or until none fires. */
  async function secondsUntil(
    alerts: readonly string[],
    isFiring: boolean,
  ): Promise<Map<string, string>> {
    const began = performance.now()
    const seen = new Map<string, string>()
    await vi.waitFor(async () => {
      const firing = await prometheus.firing()
      for (const alert of alerts) {
        if (firing.has(alert) !== isFiring || seen.has(alert)) continue
        seen.set(alert, ((performance.now() - began) / 1000).toFixed(1))
      }
      expect([...seen.keys()].toSorted()).toEqual(alerts.toSorted())
    }, PATIENTLY)
    return seen
  }

  it.each(ALERT_FAULTS)('on a $name', async ({ name, alerts, begin }) => {
    // No alert fires without a fault, and none of the previous fault is left.
    await vi.waitFor(async () => expect(await prometheus.firing()).toEqual(new Set()), PATIENTLY)
    const repair = await begin(stage)
    let fired: Map<string, string>
    try {
      fired = await secondsUntil(alerts, true)
    } finally {
      await repair()
    }
    const resolved = await secondsUntil(alerts, false)
    for (const alert of alerts) {
      const seconds = { fired: fired.get(alert) ?? '', resolved: resolved.get(alert) ?? '' }
      table.push({ fault: name, alert, ...seconds })
    }
  })
})

function describeTable(
  rows: readonly { fault: string; alert: string; fired: string; resolved: string }[],
): string {
  const head = {
    fault: 'fault',
    alert: 'alert',
    fired: 'fired after s',
    resolved: 'resolved after s',
  }
  return [head, ...rows]
    .map(({ fault, alert, fired, resolved }) =>
      [alert.padEnd(26), fault.padEnd(36), fired.padStart(14), resolved.padStart(18)].join(' '),
    )
    .join('\n')
}
