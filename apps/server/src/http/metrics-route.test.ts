import { silentLogger } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../metrics/create-metrics.ts'
import { metricsRoute } from './metrics-route.ts'

const TOKEN = 'a-token-of-the-scraper'
const HEALTH = { running: 2, oldestRunningMs: 1500, staleCustomers: 4 }
const BACKLOG = { pending: 3, due: 2, oldestAt: null, oldestAgeMs: 61_500, quarantined: 1 }

const POOL = { totalCount: 5, idleCount: 2, waitingCount: 1 }

/** Metric sources like a server's, with the database up or down. */
function sources(backlog: () => Promise<typeof BACKLOG>) {
  const metering = { backlog, health: async () => HEALTH }
  const backups = {
    tollgate: async () => new Date(1_790_000_000_000),
    metering: () => Promise.reject(new Error('It is away.')),
    billing: async () => null,
  }
  return { metering, databases: { metering: { pool: POOL, lostListeners: () => 1 } }, backups }
}

function createRoute(token: string | undefined = TOKEN) {
  const metrics = createMetrics({ logger: silentLogger, isRead: false })
  const route = metricsRoute({ metrics, token })
  const get = (given: string) =>
    route.request('/metrics', { headers: { authorization: `Bearer ${given}` } })
  return { metrics, get, route }
}

describe('GET /metrics', () => {
  it('answers with what was counted, and how far the relay is behind', async () => {
    const { metrics, get } = createRoute()
    metrics.watch(sources(async () => BACKLOG))
    const procedure = 'images.generate'
    metrics.onEvent({ kind: 'hold', procedure })
    metrics.onEvent({ kind: 'operation', procedure, outcome: 'settled', milliseconds: 20 })
    metrics.onEvent({ kind: 'operation', procedure, outcome: 'settled', milliseconds: 40 })
    metrics.onEvent({ kind: 'delivery', outcome: 'recorded', events: 2 })
    metrics.onEvent({ kind: 'operation', procedure, outcome: 'insufficient_credits' })
    metrics.onEvent({ kind: 'overrun', procedure, credits: 14 })
    metrics.onEvent({ kind: 'quarantined', meter: 'api_calls' })
    metrics.onEvent({ kind: 'expired', procedure, became: 'expired' })
    const answer = await get(TOKEN)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const lines = (await answer.text()).split('\n').filter((line) => !line.startsWith('#'))
    expect(lines.filter((line) => line !== '' && !line.includes('_bucket'))).toEqual([
      'tollgate_build_info{version="0.1.0"} 1',
      'tollgate_holds_total{procedure="images.generate"} 1',
      'tollgate_operations_total{procedure="images.generate",outcome="settled"} 2',
      'tollgate_operations_total{procedure="images.generate",outcome="insufficient_credits"} 1',
      'tollgate_operation_duration_seconds_sum{procedure="images.generate"} 0.06',
      'tollgate_operation_duration_seconds_count{procedure="images.generate"} 2',
      'tollgate_overrun_credits_total{procedure="images.generate"} 14',
      'tollgate_delivered_usage_events_total{outcome="recorded"} 2',
      'tollgate_delivered_usage_events_total{outcome="refused"} 0',
      'tollgate_delivered_usage_events_total{outcome="unavailable"} 0',
      'tollgate_delivered_usage_events_total{outcome="unauthorized"} 0',
      'tollgate_quarantined_usage_events_total{meter="api_calls"} 1',
      'tollgate_expired_operations_total{procedure="images.generate",outcome="expired"} 1',
      'tollgate_database_connections{pool="metering",state="busy"} 3',
      'tollgate_database_connections{pool="metering",state="idle"} 2',
      'tollgate_database_connections{pool="metering",state="waiting"} 1',
      'tollgate_lost_listening_connections 1',
      'tollgate_outbox_usage_events{state="pending"} 3',
      'tollgate_outbox_usage_events{state="quarantined"} 1',
      'tollgate_outbox_oldest_usage_event_age_seconds 61.5',
      'tollgate_running_operations 2',
      'tollgate_oldest_running_operation_age_seconds 1.5',
      'tollgate_stale_customers 4',
      'tollgate_database_up 1',
      'tollgate_last_backup_timestamp_seconds{database="tollgate"} 1790000000',
      'tollgate_last_backup_timestamp_seconds{database="billing"} 0',
    ])
  })

  it('has no outbox gauges while the backlog cannot be read, and still counts', async () => {
    const { metrics, get } = createRoute()
    metrics.watch(sources(async () => BACKLOG))
    await get(TOKEN)
    metrics.watch(sources(() => Promise.reject(new Error('The database is away.'))))
    metrics.onEvent({ kind: 'overrun', procedure: 'images.generate', credits: 14 })
    const text = await (await get(TOKEN)).text()
    expect(text).toContain('tollgate_overrun_credits_total{procedure="images.generate"} 14')
    expect(text).not.toMatch(/^tollgate_(?:outbox|stale|running|oldest)_/m)
    expect(text).toContain('tollgate_database_up 0')
  })

  it.each(['another-token', `${TOKEN}x`, TOKEN.slice(1)])(
    'refuses the token "%s" with 401',
    async (given) => {
      const { get } = createRoute()
      expect((await get(given)).status).toBe(401)
    },
  )

  it('refuses a request without a token, and does not exist where none is configured', async () => {
    const { route } = createRoute()
    expect((await route.request('/metrics')).status).toBe(401)
    const metrics = createMetrics({ logger: silentLogger, isRead: false })
    const missing = metricsRoute({ metrics, token: undefined })
    const headers = { authorization: 'Bearer undefined' }
    expect((await missing.request('/metrics', { headers })).status).toBe(404)
  })
})
