import { openDatabase } from '@tollgate/database'
import {
  createCustomerAgent,
  createHistory,
  type Customer,
  faultSeed,
  freshKey,
  qrCodeIntent,
  seededRandom,
} from '@tollgate/testing/faults'
import { programDatabases } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { percentile, say } from '../say.ts'
import { signInGuests } from '../sign-in-guests.ts'
import { startSoakServer } from '../soak/start-soak-server.ts'
import { watchMemory } from '../soak/watch-memory.ts'
import { type OpenPages, openPages } from './open-pages.ts'

/** The maximum of open streams per customer. */
const PER_CUSTOMER = 8
const CUSTOMERS = 125
const STREAMS = PER_CUSTOMER * CUSTOMERS
const METER = 'api_calls'
/** A new customer's grant. */
const CREDITS = 100
const ROUNDS = 10
/** How long memory is sampled for its minimum. */
const MEMORY_MS = 8000
const PATIENCE_MS = 60_000

describe(`a server with ${STREAMS} open balance streams`, () => {
  const agent = createCustomerAgent()
  let server: Awaited<ReturnType<typeof startSoakServer>>
  let databases: Awaited<ReturnType<typeof programDatabases>>
  let customers: Customer[]
  let pages: OpenPages

  beforeAll(async () => {
    databases = await programDatabases()
    server = await startSoakServer({ ...databases, TRUSTED_PROXIES: '1' })
    customers = await signInGuests({
      count: CUSTOMERS,
      servers: [server.url],
      agent,
      history: createHistory(),
      random: seededRandom(faultSeed()),
    })
    for (const customer of customers) await customer.query(server.url, 'billing.balance')
  })
  afterAll(async () => {
    await pages?.close()
    await server?.stop()
    agent.destroy()
  })

  const open = (perCustomer: number) => {
    const tokens = customers.map(({ token }) => token)
    return openPages({ url: server.url, tokens, perCustomer, meter: METER })
  }
  const leastMegabytes = async () =>
    Math.min(...(await watchMemory(server.process().pid, MEMORY_MS)).megabytes)

  it('takes memory for each, and listens to the database once', async () => {
    // Compiled code and allocations of the first streams stay.
    const first = open(1)
    await expect.poll(first.openNow, { timeout: PATIENCE_MS }).toBe(CUSTOMERS)
    await first.close()
    const before = await leastMegabytes()
    pages = open(PER_CUSTOMER)
    await expect.poll(pages.openNow, { timeout: PATIENCE_MS }).toBe(STREAMS)
    const after = await leastMegabytes()
    const each = ((after - before) * 1024) / STREAMS
    say(
      `streams: ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB with ${STREAMS}: ${each.toFixed(1)} KB each (target 60)`,
    )

    const database = openDatabase({ url: databases.DATABASE_URL, maxConnections: 1 })
    const listening = await database.query<{ query: string; connections: number }>({
      text: `select lower(query) as query, count(*)::integer as connections from pg_stat_activity
             where datname = current_database() and query ilike 'listen %' group by 1 order by 1`,
    })
    await database.close()
    for (const { query, connections } of listening) say(`streams: ${connections} × ${query}`)
    expect(listening.map(({ connections }) => connections)).toEqual(listening.map(() => 1))
  })

  it('carries the balance of one customer, and of all at once, to every page', async () => {
    const [one] = customers
    if (!one) throw new RangeError('There are no customers.')
    const alone: number[] = []
    const together: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      alone.push(await spend([one], CREDITS - 2 * round + 1))
      const others = customers.filter((customer) => customer !== one)
      await spend([one], CREDITS - 2 * round)
      together.push(await spend(others, CREDITS - round))
    }
    say(
      `streams: one customer's call reached its last page ${percentile(alone, 0.5).toFixed(0)} ms after its answer, at most ${Math.max(...alone).toFixed(0)} (target 250)`,
    )
    say(
      `streams: ${CUSTOMERS - 1} calls at once reached the last page ${percentile(together, 0.5).toFixed(0)} ms after the last answer, at most ${Math.max(...together).toFixed(0)}`,
    )
    expect(pages.failures()).toEqual([])
  })

  /** Lets each customer make a call that leaves this balance; returns the time from the last response until the last page showed it. */
  async function spend(who: readonly Customer[], remaining: number): Promise<number> {
    const answers = await Promise.all(
      who.map((customer) => customer.call(server.url, qrCodeIntent(freshKey()))),
    )
    const answeredAt = performance.now()
    expect(answers.map(({ kind }) => kind)).toEqual(who.map(() => 'success'))
    const tokens = new Set(who.map(({ token }) => token))
    const shown = () => pages.shownAt({ tokens, remaining }).flatMap((at) => at ?? [])
    await expect
      .poll(() => shown().length, { timeout: PATIENCE_MS })
      .toBe(who.length * PER_CUSTOMER)
    return Math.max(0, Math.max(...shown()) - answeredAt)
  }

  it('stops, and finds every page again after it has come back', async () => {
    const startedAt = performance.now()
    await server.process().stop()
    say(
      `streams: stopped in ${(performance.now() - startedAt).toFixed(0)} ms with all of them open (target 2000)`,
    )
    expect(await server.process().ended).toBe('0')
    await expect.poll(pages.openNow, { timeout: PATIENCE_MS }).toBe(0)
    const opened = pages.openings().length
    await server.startAgain()
    await expect.poll(pages.openNow, { timeout: PATIENCE_MS }).toBe(STREAMS)
    const [first = 0, ...later] = pages.openings().slice(opened)
    const perTenth = new Map<number, number>()
    for (const at of later) {
      const tenth = Math.floor((at - first) / 100)
      perTenth.set(tenth, (perTenth.get(tenth) ?? 0) + 1)
    }
    say(
      `streams: after the restart all were back ${(Math.max(...later) - first).toFixed(0)} ms after the first, at most ${Math.max(...perTenth.values())} in a tenth of a second`,
    )
    expect(pages.failures()).toEqual([])
  })
})
