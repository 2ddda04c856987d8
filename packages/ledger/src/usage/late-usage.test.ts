import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

const DAY = 86_400_000
let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

let made = 0

type Reported = { amount: number; usageDate: number; meter?: string }

function report(customer: { subscriptionId: string }, use: Reported) {
  return backend.request('POST', '/usage-events', { usageEvent: usageEvent(customer, use) })
}

function reportAll(customer: { subscriptionId: string }, uses: readonly Reported[]) {
  const usageEvents = uses.map((use) => usageEvent(customer, use))
  return backend.request('POST', '/usage-events/bulk', { usageEvents })
}

function usageEvent({ subscriptionId }: { subscriptionId: string }, use: Reported) {
  return {
    subscriptionId,
    transactionId: `late_${++made}`,
    amount: use.amount,
    usageDate: use.usageDate,
    usageMeterSlug: use.meter ?? 'image_generations',
  }
}

async function toTheEnd(customer: TestCustomer) {
  backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
}

describe('usage that is delivered after the roll-over of its period', () => {
  it('burns the expired credits of its own period and none of the new one', async () => {
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

  it('burns bought credits before those of the new period', async () => {
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

  it('follows ledger time after a developer advanced the clock', async () => {
    const customer = await backend.customer()
    const { id: subscriptionId, currentBillingPeriodEnd } = await customer.subscription()
    const before = backend.time.now
    backend.time.now += 1_000
    const ahead = currentBillingPeriodEnd - backend.ledger.clock.now()
    await backend.request('POST', '/dev/clock/advance', { milliseconds: ahead + 40 * DAY })
    backend.time.now += 1_000
    // The caller's clock did not advance: this was used just now, in the new period.
    await report({ subscriptionId }, { amount: 4, usageDate: backend.time.now })
    expect(await customer.balance()).toMatchObject({ availableBalance: 6 })
    await report({ subscriptionId }, { amount: 10, usageDate: before })
    expect(await customer.balance()).toMatchObject({ availableBalance: 6 })
    // Without a date it was used now.
    await customer.use(2)
    expect((await customer.balance()).breakdown).toMatchObject([{ source: 'plan', remaining: 4 }])
  })

  it('leaves the same balances as if it had been delivered in time', async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 10, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(stories, delays, async (story, late) => {
        const delivered = story.uses.map((use, index) => ({
          on: use.day + (late[index] ?? 0),
          uses: [use],
        }))
        const [expected, found] = await play(story, delivered)
        expect(found).toEqual(expected)
        expect(await checkInvariants(backend.database)).toEqual([])
      }),
      { numRuns: 6 },
    )
  }, 240_000)

  it('leaves the same balances in any order and batch size of delivery', async () => {
    const shuffled = stories.chain((story) =>
      fc.tuple(
        fc.constant(story),
        fc.shuffledSubarray(story.uses, { minLength: story.uses.length }),
        fc.integer({ min: 1, max: 5 }),
      ),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, async ([story, uses, size]) => {
        const [expected, found] = await play(story, inBatches(uses, { size, on: LAST_DAY }))
        expect(found).toEqual(expected)
        expect(await checkInvariants(backend.database)).toEqual([])
      }),
      { numRuns: 5 },
    )
  }, 240_000)

  it('leaves the same balances also when most of it is owed', async () => {
    const [a, b, c] = [
      { day: 18, amount: 28 },
      { day: 76, amount: 17 },
      { day: 79, amount: 14 },
    ]
    const [d, e, f] = [
      { day: 18, amount: 5 },
      { day: 20, amount: 26 },
      { day: 6, amount: 3 },
    ]
    const story = { uses: [a, b, c, d, e, f], topUps: [30], gifts: [] }
    for (const size of [1, 6]) {
      const batches = inBatches([d, b, e, a, c, f], { size, on: LAST_DAY })
      const [expected, found] = await play(story, batches)
      expect(found).toEqual(expected)
    }
  })

  it('burns no credits granted after it while there were others', async () => {
    const customer = await backend.customer()
    await customer.buy('images_topup_50')
    const { id: subscriptionId } = await customer.subscription()
    const usageDate = backend.time.now
    backend.time.now += DAY
    const expiresAt = backend.ledger.clock.now() + 20 * DAY
    await give(customer, { amount: 30, meter: 'image_generations', expiresAt })
    await report({ subscriptionId }, { amount: 15, usageDate })
    expect((await customer.balance()).breakdown).toMatchObject([
      { source: 'grant', remaining: 30 },
      { source: 'plan', remaining: 0 },
      { source: 'topup', remaining: 45 },
    ])
  })

  it('leaves expired credits expired that could not have paid for it, and owes what it takes from later usage', async () => {
    const customer = await backend.customer()
    await customer.buy('images_topup_50')
    const { id: subscriptionId } = await customer.subscription()
    const usageDate = backend.time.now
    await toTheEnd(customer)
    await toTheEnd(customer)
    await customer.use(40)
    expect(await customer.balance()).toMatchObject({ availableBalance: 20 })
    // The top-up would have been used up long before; the ten credits in between expired all the same.
    await report({ subscriptionId }, { amount: 60, usageDate })
    expect(await customer.balance()).toMatchObject({ availableBalance: -30 })
  })
})

type Use = { day: number; amount: number }
/** The usage of one meter, and its credits besides those of the plan: lasting ones and expiring ones. */
type Story = {
  uses: Use[]
  topUps: readonly number[]
  gifts: readonly { day: number; amount: number; lasts: number }[]
}
/** Usage that is delivered together on one day, in one request. */
type Batch = { on: number; uses: readonly Use[] }

const LAST_DAY = 81
const day = fc.integer({ min: 0, max: LAST_DAY - 1 })
const stories: fc.Arbitrary<Story> = fc.record({
  uses: fc.array(fc.record({ day, amount: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 10,
  }),
  topUps: fc.array(day, { maxLength: 3 }),
  gifts: fc.array(
    fc.record({
      day,
      amount: fc.integer({ min: 1, max: 30 }),
      lasts: fc.integer({ min: 1, max: 60 }),
    }),
    { maxLength: 3 },
  ),
})

function inBatches(
  uses: readonly Use[],
  { size, on }: { size: number; on: number },
): readonly Batch[] {
  return uses.length === 0
    ? []
    : [{ on, uses: uses.slice(0, size) }, ...inBatches(uses.slice(size), { size, on })]
}

/** Two customers with the same usage, one of them with timely delivery; returns what each has left, at two instants. */
async function play(story: Story, delivered: readonly Batch[]) {
  const inTime = story.uses.map((use) => ({ on: use.day, uses: [use] }))
  const start = backend.time.now
  const customers = [await backend.customer(), await backend.customer()] as const
  const steps = await Promise.all(
    customers.map(async (customer, way) => [
      ...creditSteps(customer, story),
      ...(await usageSteps(customer, way === 0 ? inTime : delivered)),
    ]),
  )
  // On any day credits come first; deliveries of one day keep their order.
  for (const { on, run } of steps.flat().toSorted((one, other) => one.on - other.on)) {
    backend.time.now = start + Math.floor(on) * DAY
    expect((await run()).status).toBeLessThan(400)
  }
  const whole: unknown[][] = []
  for (const end of [LAST_DAY + 60, LAST_DAY + 90]) {
    backend.time.now = start + end * DAY
    whole.push(await Promise.all(customers.map(leftOf)))
  }
  return customers.map((_, way) => whole.map((at) => at[way]))
}

function creditSteps(customer: TestCustomer, { topUps, gifts }: Story) {
  const start = backend.ledger.clock.now()
  const buys = topUps.map((on) => ({ on, run: () => customer.buy('images_topup_50') }))
  const gives = gifts.map(({ day: on, amount, lasts }) => ({
    on,
    run: () =>
      give(customer, { amount, meter: 'image_generations', expiresAt: start + (on + lasts) * DAY }),
  }))
  return [...buys, ...gives]
}

async function usageSteps(customer: TestCustomer, batches: readonly Batch[]) {
  const start = backend.time.now
  const { id: subscriptionId } = await customer.subscription()
  return batches.map(({ on, uses }) => ({
    on: on + 0.5,
    run: () =>
      reportAll(
        { subscriptionId },
        uses.map((use) => ({ amount: use.amount, usageDate: start + use.day * DAY })),
      ),
  }))
}

/** What is left, by expiry: which of two grants that expire together pays first makes no difference. */
async function leftOf(customer: TestCustomer) {
  const { availableBalance, breakdown } = await customer.balance()
  const left: Record<string, number> = {}
  for (const { remaining, expiresAt } of breakdown) {
    if (remaining === 0) continue
    left[String(expiresAt)] = (left[String(expiresAt)] ?? 0) + remaining
  }
  return { availableBalance, left }
}

describe('usage of an unlimited meter', () => {
  const calls = (customer: TestCustomer) => customer.balance('api_calls')

  it('leaves bought and granted credits untouched while the plan makes the meter unlimited', async () => {
    const customer = await backend.customer()
    await give(customer, { amount: 1_000 })
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

  it('leaves bought credits untouched when it is delivered after the plan has ended', async () => {
    const customer = await backend.customer()
    await give(customer, { amount: 1_000 })
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

  it('leaves bought credits untouched for any usage, however late it is delivered', async () => {
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
        await give(customer, { amount: 1_000 })
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
        expect(await checkInvariants(backend.database)).toEqual([])
      }),
      { numRuns: 8 },
    )
  }, 180_000)

  it('counts from zero in every period', async () => {
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await customer.use(200, { meter: 'api_calls' })
    await toTheEnd(customer)
    expect(await calls(customer)).toMatchObject({ usedBalance: 0 })
    await customer.use(7, { meter: 'api_calls' })
    expect(await calls(customer)).toMatchObject({ usedBalance: 7 })
  })
})

function give(
  { externalId }: TestCustomer,
  given: { amount: number; meter?: string; expiresAt?: number },
) {
  const { meter = 'api_calls', ...grant } = given
  return backend.request('POST', `/customers/${externalId}/grants`, {
    grant: { ...grant, usageMeterSlug: meter, name: 'Thank you' },
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

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
