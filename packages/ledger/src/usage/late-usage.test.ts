import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { verifyBooks } from '../verify-books.ts'

const DAY = 86_400_000
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
    const uses = fc.array(
      fc.record({ day: fc.integer({ min: 0, max: 80 }), amount: fc.integer({ min: 1, max: 30 }) }),
      { minLength: 1, maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(uses, fc.boolean(), async (story, topUp) => {
        const [prompt, late] = await play(story, topUp)
        expect(late).toEqual(prompt)
        expect(await verifyBooks(backend.database)).toEqual([])
      }),
      { numRuns: 12, endOnFailure: true },
    )
  }, 180_000)
})

type Story = readonly { day: number; amount: number }[]

/** Two customers use the same on the same days, delivered at once or 35 days later; answers with what both have left. */
async function play(story: Story, topUp: boolean) {
  const customers = [await backend.customer(), await backend.customer()] as const
  const start = backend.time.now
  const deliveries = await Promise.all(
    customers.map(async (customer, index) => {
      if (topUp) await customer.buy('images_topup_50')
      const { id: subscriptionId } = await customer.subscription()
      return story.map((use) => ({ ...use, subscriptionId, on: use.day + index * 35 }))
    }),
  )
  for (const { on, day, amount, subscriptionId } of deliveries
    .flat()
    .toSorted((one, other) => one.on - other.on || one.day - other.day)) {
    backend.time.now = start + on * DAY
    const { status } = await report({ subscriptionId }, { amount, usageDate: start + day * DAY })
    expect(status).toBe(200)
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

async function cancelNow(customer: TestCustomer) {
  const { id } = await customer.subscription()
  await backend.request('POST', `/subscriptions/${id}/cancel`, {
    cancellation: { timing: 'immediately' },
  })
}

it('leaves the books in order', async () => {
  expect(await verifyBooks(backend.database)).toEqual([])
})
