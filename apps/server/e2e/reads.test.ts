import { programDatabases } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { type StatementWatch, watchStatements } from '../fixtures/watch-statements.ts'

/** More than any background statement repeats while this many reads run. */
const RUNS = 20

let statements: StatementWatch
let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
beforeAll(async () => {
  statements = await watchStatements()
  const { DATABASE_URL, BILLING_DATABASE_URL } = await programDatabases()
  server = await startTestServer({
    DATABASE_URL: statements.through(DATABASE_URL),
    BILLING_DATABASE_URL,
  })
  guest = await signInAsGuest(server.url)
  await guest.call('tools.qrCode', { text: 'hello' })
})
afterAll(async () => {
  await server.close()
  await statements.close()
})

const quoted = encodeURIComponent('{}')

describe('a caller whom the server has just seen waits for the database', () => {
  it.each([
    { read: 'billing.balance', waits: 1 },
    { read: 'billing.plan', waits: 1 },
    { read: `billing.activity?input=${quoted}`, waits: 1 },
    { read: `billing.ledger?input=${quoted}`, waits: 1 },
    { read: `billing.history?input=${quoted}`, waits: 1 },
    { read: `billing.results?input=${quoted}`, waits: 1 },
    { read: 'billing.spendCaps', waits: 1 },
    { read: 'billing.catalog', waits: 0 },
  ])('$waits times for $read', async ({ read, waits }) => {
    const run = async () => expect((await guest.read(read)).status).toBe(200)
    const executed = await statements.perRun(RUNS, { run })
    expect(executed, executed.join('\n')).toHaveLength(waits)
  })

  it('not at all for a quote', async () => {
    const quote = { path: 'tools.qrCode', input: { text: 'hello' } }
    const run = async () => expect((await guest.call('billing.quote', quote)).status).toBe(200)
    expect(await statements.perRun(RUNS, { run })).toEqual([])
  })

  it('once for the balance that is read anew after a billed call', async () => {
    const executed = await statements.perRun(RUNS, {
      before: async () =>
        expect((await guest.call('tools.qrCode', { text: 'hi' })).status).toBe(200),
      run: async () => expect((await guest.read('billing.balance')).status).toBe(200),
    })
    expect(executed).toEqual([expect.stringContaining('metering.read_customer(')])
  })
})

describe('the catalog', () => {
  const read = (headers: Record<string, string> = {}) =>
    fetch(`${server.url}/trpc/billing.catalog`, { headers })

  it('is kept by a browser, which asks every time whether it still holds', async () => {
    const first = await read()
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const tag = first.headers.get('etag') ?? ''
    const again = await read({ 'If-None-Match': tag, 'Accept-Encoding': 'gzip' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('etag')).toBe(tag)
    expect(again.headers.get('cache-control')).toBe('no-cache')
  })

  it('is sent whole to a browser with another version', async () => {
    const answer = await read({ 'If-None-Match': 'W/"another"' })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('tools.qrCode')
  })

  it('is the only answer of the API that is kept', async () => {
    for (const [path, init] of [
      ['billing.balance', {}],
      ['billing.catalog,billing.catalog?batch=1', {}],
      ['billing.catalog', { method: 'POST' }],
    ] as const) {
      const answer = await fetch(`${server.url}/trpc/${path}`, init)
      expect(answer.headers.get('cache-control'), path).toBe('no-store')
      expect(answer.headers.get('etag'), path).toBeNull()
    }
  })
})
