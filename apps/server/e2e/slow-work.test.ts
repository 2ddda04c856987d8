import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Guest, signInAsGuest, signInGuests } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** A guest has tokens for three summaries of this. */
const TEXT = Array.from({ length: 10 }, () => `${'the '.repeat(77)}end`).join('. ')
const GUESTS = 12
const SLOTS_OF_A_LINE = 32
/** Most of it is for signing a dozen guests in. */
const TEST_MS_MAX = 120_000

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function start(environment: Record<string, string> = {}) {
  const server = await startTestServer(environment)
  cleanups.push(() => server.close())
  return server
}

describe('slow work', { timeout: TEST_MS_MAX }, () => {
  it('keeps neither reads nor other billed calls waiting while 36 summaries run', async () => {
    const provider = await startSilentProvider()
    const server = await start({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: provider.url })
    const guests = await signInGuests(server.url, GUESTS)
    const other = await signInAsGuest(server.url)
    // Creates the customers at the billing backend before the load starts.
    for (const guest of [other, ...guests]) await guest.read('billing.balance')
    const ended: number[] = []
    const summaries: ReturnType<typeof summarize>[] = []
    for (const guest of [1, 2, 3].flatMap(() => guests)) {
      const summary = summarize(server.url, guest)
      void summary.answered.then((status) => ended.push(status))
      summaries.push(summary)
      await delay(50)
    }
    await expect.poll(() => provider.asked(), { timeout: 60_000 }).toBeGreaterThan(SLOTS_OF_A_LINE)
    const catalog = await fetch(`${server.url}/trpc/billing.catalog`)
    const billed = await other.call('tools.qrCode', { text: 'hello' })
    expect([catalog.status, billed.status]).toEqual([200, 200])
    // A summary that succeeded would have freed its slot for waiting calls.
    expect(ended).not.toContain(200)
    for (const summary of summaries) summary.hangUp()
  })

  it('of one customer is refused beyond a bound until some of it has ended', async () => {
    const provider = await startSilentProvider()
    const server = await start({
      OPEN_OPERATIONS_PER_CUSTOMER: '3',
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: provider.url,
    })
    const guest = await signInAsGuest(server.url)
    await guest.read('billing.balance')
    const summaries = Array.from({ length: 3 }, () => summarize(server.url, guest))
    await expect.poll(() => provider.asked(), { timeout: 60_000 }).toBe(3)
    const refused = await guest.call('tools.qrCode', { text: 'hello' })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.text).toContain('"kind":"rate_limited"')

    summaries[0]?.hangUp()
    await expect
      .poll(async () => (await guest.call('tools.qrCode', { text: 'hello' })).status, {
        timeout: 15_000,
      })
      .toBe(200)
    for (const summary of summaries) summary.hangUp()
  })
})

/** A model provider that accepts every request and never responds, so that work lasts as long as the test needs. */
async function startSilentProvider() {
  let requests = 0
  const server = createServer(() => (requests += 1)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The provider has no port.')
  return { url: `http://127.0.0.1:${address.port}/v1`, asked: () => requests }
}

/** Requests a summary without streaming: the response arrives once it is complete. */
function summarize(url: string, { token }: Guest) {
  const hungUp = new AbortController()
  const answered = fetch(`${url}/trpc/text.summarize`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `op_${randomUUID()}`,
    },
    body: JSON.stringify({ text: TEXT, sentences: 10 }),
    signal: hungUp.signal,
  }).then(
    ({ status }) => status,
    () => 0,
  )
  return { answered, hangUp: () => hungUp.abort() }
}
