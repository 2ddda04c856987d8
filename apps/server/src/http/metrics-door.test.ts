import { silentLogger } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../metrics/create-metrics.ts'
import { metricsDoor } from './metrics-door.ts'

const TOKEN = 'a-token-of-the-scraper'
const BACKLOG = { pending: 3, due: 2, oldestAt: null, oldestAgeMs: 61_500, quarantined: 1 }

function openDoor(token: string | undefined = TOKEN) {
  const metrics = createMetrics({ logger: silentLogger })
  const door = metricsDoor({ metrics, token })
  const get = (given: string) =>
    door.request('/metrics', { headers: { authorization: `Bearer ${given}` } })
  return { metrics, get, door }
}

describe('GET /metrics', () => {
  it('tells what was counted, and how far the relay is behind', async () => {
    const { metrics, get } = openDoor()
    metrics.watch(async () => BACKLOG)
    const procedure = 'images.generate'
    metrics.onEvent({ kind: 'operation', procedure, outcome: 'settled' })
    metrics.onEvent({ kind: 'operation', procedure, outcome: 'settled' })
    metrics.onEvent({ kind: 'operation', procedure, outcome: 'insufficient_credits' })
    metrics.onEvent({ kind: 'overrun', procedure, credits: 14 })
    metrics.onEvent({ kind: 'quarantined', meter: 'api_calls' })
    metrics.onEvent({ kind: 'expired', procedure, became: 'expired' })
    const answer = await get(TOKEN)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const lines = (await answer.text()).split('\n').filter((line) => !line.startsWith('#'))
    expect(lines.filter(Boolean)).toEqual([
      'tollgate_operations_total{procedure="images.generate",outcome="settled"} 2',
      'tollgate_operations_total{procedure="images.generate",outcome="insufficient_credits"} 1',
      'tollgate_overrun_credits_total{procedure="images.generate"} 14',
      'tollgate_usage_events_set_aside_total{meter="api_calls"} 1',
      'tollgate_operations_abandoned_total{procedure="images.generate",became="expired"} 1',
      'tollgate_usage_events_pending 3',
      'tollgate_usage_events_oldest_seconds 61.5',
      'tollgate_usage_events_quarantined 1',
    ])
  })

  it('is silent about a backlog that cannot be read, and still counts', async () => {
    const { metrics, get } = openDoor()
    metrics.watch(async () => BACKLOG)
    await get(TOKEN)
    metrics.watch(() => Promise.reject(new Error('The database is away.')))
    metrics.onEvent({ kind: 'overrun', procedure: 'images.generate', credits: 14 })
    const text = await (await get(TOKEN)).text()
    expect(text).toContain('tollgate_overrun_credits_total{procedure="images.generate"} 14')
    expect(text).not.toMatch(/^tollgate_usage_events_oldest_seconds /m)
  })

  it.each(['a-token-of-somebody-else', `${TOKEN}x`, TOKEN.slice(1)])(
    'is closed to "%s"',
    async (given) => {
      const { get } = openDoor()
      expect((await get(given)).status).toBe(401)
    },
  )

  it('is not there at all without a token in the configuration', async () => {
    const { door } = openDoor()
    expect((await door.request('/metrics')).status).toBe(401)
    const closed = metricsDoor({
      metrics: createMetrics({ logger: silentLogger }),
      token: undefined,
    })
    const headers = { authorization: 'Bearer undefined' }
    expect((await closed.request('/metrics', { headers })).status).toBe(404)
  })
})
