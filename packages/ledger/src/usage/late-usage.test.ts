import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { verifyBooks } from '../verify-books.ts'

const DAY = 86_400_000
/** Always the same stories, so that a change is judged by what it changed. */
const RUNS = { seed: 20_261_122, endOnFailure: true }
let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

let made = 0

function report(
  customer: { subscriptionId: string },
  use: { amount: number; usageDate: number; meter?: string },
) {
  return backend.request('POST', '/usage-events', {
    usageEvent: {
      subscriptionId: customer.subscriptionId,
      transactionId: `late_${++made}`,
      amount: use.amount,
      usageDate: use.usageDate,
      usageMeterSlug: use.meter ?? 'image_generations',
    },
  })
}

async function toTheEnd(customer: TestCustomer) {
  backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
}

describe('usage that is delivered after the roll-over of its period', () => {
  it('takes the credits of its own period, which expired meanwhile, and none of the new one', async () => {
    const customer = await backend.customer()
    const { id: subscriptionId } = await customer.subscription()
    const usageDate = backend.time.now
    await toTheEnd(customer)
    expect(await customer.balance()).toMatchObject({ availableBalance: 10 })
    await report({ subscriptionId }, { amount: 10, usageDate })
    expect(await customer.balance()).toMatchObject({ availableBalance: 10 })
    await report({ subscriptionId }, { amount: 3, usageDate })
    expect(await customer.balance()).toMatchObject({ availableBalance: 7 })
  })

  it('takes bought credits before those of the new period', async () => {
    const customer = await backend.customer()
    await customer.buy('images_topup_50')
    const { id: subscriptionId } = await customer.subscription()
    const usageDate = backend.time.now
    await toTheEnd(customer)
    await customer.balance()
    await report({ subscriptionId }, { amount: 25, usageDate })
    expect((await customer.balance()).breakdown).toMatchObject([
      { source: 'plan', remaining: 10 },
      { source: 'topup', remaining: 35 },
    ])
  })

  it('goes by the books’ time also when a developer has moved the clock ahead', async () => {
    const customer = await backend.customer()
    const { id: subscriptionId, currentBillingPeriodEnd } = await customer.subscription()
    const before = backend.time.now
    backend.time.now += 1_000
    const ahead = currentBillingPeriodEnd - backend.ledger.clock.now()
    await backend.request('POST', '/dev/clock/advance', { milliseconds: ahead + 40 * DAY })
    backend.time.now += 1_000
    // The caller's clock did not move: this was used just now, in the new period.
    await report({ subscriptionId }, { amount: 4, usageDate: backend.time.now })
    expect(await customer.balance()).toMatchObject({ availableBalance: 6 })
    await report({ subscriptionId }, { amount: 10, usageDate: before })
    expect(await customer.balance()).toMatchObject({ availableBalance: 6 })
    // Without an instant it was used now.
    await customer.use(2)
    expect((await customer.balance()).breakdown).toMatchObject([{ source: 'plan', remaining: 4 }])
  })

  it('leaves the same balances as if it had been delivered in time', async () => {
    const prompt = ({ day }: Use) => ({ on: day, rank: day })
    const late = ({ day }: Use) => ({ on: day + 35, rank: day })
    await fc.assert(
      fc.asyncProperty(uses, topUpDay, async (story, boughtOn) => {
        const [inTime, after] = await play(story, { boughtOn, deliveries: [prompt, late] })
        expect(after).toEqual(inTime)
        expect(await verifyBooks(backend.database)).toEqual([])
      }),
      { ...RUNS, numRuns: 12 },
    )
  }, 180_000)

  it('leaves the same balances in whatever order it is delivered', async () => {
    const orders = uses.chain((story) =>
      fc.tuple(
        fc.constant(story),
        fc.shuffledSubarray([...story.keys()], { minLength: story.length }),
      ),
    )
    const inOrder = (_use: Use, index: number) => ({ on: 81, rank: index })
    await fc.assert(
      fc.asyncProperty(orders, topUpDay, async ([story, order], boughtOn) => {
        const shuffled = (_use: Use, index: number) => ({ on: 81, rank: order.indexOf(index) })
        const [one, other] = await play(story, { boughtOn, deliveries: [inOrder, shuffled] })
        expect(other).toEqual(one)
        expect(await verifyBooks(backend.database)).toEqual([])
      }),
      { ...RUNS, numRuns: 8 },
    )
  }, 180_000)
})

// Known: with more used than there was in several periods, the order of delivery can move a credit of debt into the next period.
it.fails('leaves the same balances in whatever order it is delivered, also when most of it is debt', async () => {
  const story = [
    { day: 18, amount: 28 },
    { day: 76, amount: 17 },
    { day: 79, amount: 14 },
    { day: 18, amount: 5 },
    { day: 20, amount: 26 },
    { day: 6, amount: 3 },
  ]
  const order = [3, 1, 4, 0, 2, 5]
  const inOrder = (_use: Use, index: number) => ({ on: 81, rank: index })
  const shuffled = (_use: Use, index: number) => ({ on: 81, rank: order.indexOf(index) })
  const [one, other] = await play(story, { boughtOn: 30, deliveries: [inOrder, shuffled] })
  expect(other).toEqual(one)
})

type Use = { day: number; amount: number }
/** On which day a use is delivered, and in which order with the others of that day. */
type Delivery = (use: Use, index: number) => { on: number; rank: number }

const uses = fc.array(
  fc.record({ day: fc.integer({ min: 0, max: 80 }), amount: fc.integer({ min: 1, max: 30 }) }),
  { minLength: 1, maxLength: 6 },
)
const topUpDay = fc.option(fc.integer({ min: 0, max: 80 }))

/** Two customers use the same on the same days, each delivered in its own way; answers with what both have left. */
async function play(
  story: readonly Use[],
  { boughtOn, deliveries }: { boughtOn: number | null; deliveries: readonly [Delivery, Delivery] },
) {
  const customers = [await backend.customer(), await backend.customer()] as const
  const start = backend.time.now
  const steps = await Promise.all(
    customers.map(async (customer, way) => {
      const { id: subscriptionId } = await customer.subscription()
      const delivered = story.map((use, index) => ({
        ...(deliveries[way] ?? deliveries[0])(use, index),
        run: () =>
          report({ subscriptionId }, { amount: use.amount, usageDate: start + use.day * DAY }),
      }))
      const buys =
        boughtOn === null
          ? []
          : [{ on: boughtOn, rank: -1, run: () => customer.buy('images_topup_50') }]
      return [...buys, ...delivered]
    }),
  )
  for (const { on, run } of steps
    .flat()
    .toSorted((one, other) => one.on - other.on || one.rank - other.rank)) {
    backend.time.now = start + on * DAY
    expect((await run()).status).toBeLessThan(400)
  }
  backend.time.now = start + 130 * DAY
  return Promise.all(
    customers.map(async (customer) => {
      const { availableBalance, breakdown } = await customer.balance()
      const left = breakdown.filter(({ remaining }) => remaining > 0)
      return { availableBalance, left: left.map(({ source, remaining }) => [source, remaining]) }
    }),
  )
}

describe('usage of an unlimited meter', () => {
  const calls = (customer: TestCustomer) => customer.balance('api_calls')

  it('leaves bought and given credits untouched while the plan lifts the limit', async () => {
    const customer = await backend.customer()
    await grant(customer, 1_000)
    await customer.buy('pro_monthly')
    await customer.use(200, { meter: 'api_calls' })
    await customer.use(100, { meter: 'api_calls' })
    expect(await calls(customer)).toMatchObject({
      unlimited: true,
      availableBalance: 1_000,
      usedBalance: 300,
    })
    await cancelNow(customer)
    const after = await calls(customer)
    expect(after.breakdown.find(({ source }) => source === 'grant')).toMatchObject({
      remaining: 1_000,
    })
  })

  it('leaves them untouched when it is delivered after the plan has ended', async () => {
    const customer = await backend.customer()
    await grant(customer, 1_000)
    await customer.buy('pro_monthly')
    const { id: subscriptionId } = await customer.subscription()
    const usageDate = backend.time.now
    backend.time.now += DAY
    await cancelNow(customer)
    await report({ subscriptionId }, { amount: 300, usageDate, meter: 'api_calls' })
    const after = await calls(customer)
    expect(after.breakdown.find(({ source }) => source === 'grant')).toMatchObject({
      remaining: 1_000,
    })
  })

  it('leaves them untouched whatever is used when, and however late it is delivered', async () => {
    const calls = fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 50 }),
        amount: fc.integer({ min: 1, max: 500 }),
        delay: fc.integer({ min: 0, max: 40 }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(calls, async (story) => {
        const customer = await backend.customer()
        await grant(customer, 1_000)
        await customer.buy('pro_monthly')
        const { id: subscriptionId } = await customer.subscription()
        const start = backend.time.now
        const steps = story.map((use) => ({ ...use, on: use.day + use.delay, ends: false }))
        const end = { day: 51, on: 51, amount: 0, ends: true }
        for (const { on, day, amount, ends } of [...steps, end].toSorted((a, b) => a.on - b.on)) {
          backend.time.now = start + on * DAY
          const use = { amount, usageDate: start + day * DAY, meter: 'api_calls' }
          await (ends ? cancelNow(customer) : delivered({ subscriptionId }, use))
        }
        const { breakdown } = await customer.balance('api_calls')
        expect(breakdown.find(({ source }) => source === 'grant')).toMatchObject({
          remaining: 1_000,
        })
        expect(await verifyBooks(backend.database)).toEqual([])
      }),
      { ...RUNS, numRuns: 8 },
    )
  }, 180_000)

  it('starts to count again with every period', async () => {
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await customer.use(200, { meter: 'api_calls' })
    await toTheEnd(customer)
    expect(await calls(customer)).toMatchObject({ usedBalance: 0 })
    await customer.use(7, { meter: 'api_calls' })
    expect(await calls(customer)).toMatchObject({ usedBalance: 7 })
  })
})

function grant(customer: TestCustomer, amount: number) {
  return backend.request('POST', `/customers/${customer.externalId}/grants`, {
    grant: { usageMeterSlug: 'api_calls', amount, name: 'Thank you' },
  })
}

async function delivered(...args: Parameters<typeof report>): Promise<void> {
  expect((await report(...args)).status).toBe(200)
}

async function cancelNow(customer: TestCustomer) {
  const { id } = await customer.subscription()
  await backend.request('POST', `/subscriptions/${id}/cancel`, {
    cancellation: { timing: 'immediately' },
  })
}

it('leaves the books in order', async () => {
  expect(await verifyBooks(backend.database)).toEqual([])
})
