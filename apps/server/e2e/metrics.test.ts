import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const TOKEN = 'the-token-of-the-scraper'

describe('GET /metrics of a running server', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  beforeAll(async () => {
    server = await startTestServer({ METRICS_TOKEN: TOKEN })
  }, 60_000)
  afterAll(() => server.close())

  const metrics = (token: string) =>
    fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })

  it('counts a billed call and knows how far the relay is behind', async () => {
    const guest = await signInAsGuest(server.url)
    await guest.call('tools.qrCode', { text: 'https://example.test' })
    const read = async () => (await metrics(TOKEN)).text()
    expect(await read()).toContain(
      'tollgate_operations_total{procedure="tools.qrCode",outcome="settled"} 1',
    )
    // Polled, because a scrape does not wait for a busy database.
    await expect.poll(read).toMatch(/^tollgate_outbox_oldest_usage_event_age_seconds \d/m)
  })

  it('refuses a request without the configured token', async () => {
    expect((await metrics('another-token')).status).toBe(401)
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401)
  })
})
