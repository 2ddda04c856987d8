import { loadPricing } from '@tollgate/contract/pricing'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

const plans = fileURLToPath(new URL('../../conformance/plans.yaml', import.meta.url))

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend({ pricing: loadPricing(plans) })
})
afterAll(() => backend.close())

async function visit(
  customer: TestCustomer,
  transactionId: string,
  amount: number,
  properties: object,
) {
  const { id: subscriptionId } = await customer.subscription()
  const usageEvent = {
    subscriptionId,
    transactionId,
    amount,
    usageMeterSlug: 'visitors',
    properties,
  }
  return backend.request('POST', '/usage-events', { usageEvent })
}

describe('a meter that counts distinct properties', () => {
  it('charges a property set once a period, regardless of key order', async () => {
    const customer = await backend.customer()
    await visit(customer, 'one', 1, { user: 'a', page: 1 })
    await visit(customer, 'two', 1, { page: 1, user: 'a' })
    await visit(customer, 'three', 5, { user: 'b' })
    expect(await customer.balance('visitors')).toMatchObject({ availableBalance: 4 })
    backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
    await visit(customer, 'four', 1, { user: 'a', page: 1 })
    expect(await customer.balance('visitors')).toMatchObject({ availableBalance: 9 })
  })

  it('charges it once within one batch too', async () => {
    const customer = await backend.customer()
    const { id: subscriptionId } = await customer.subscription()
    const usageEvents = ['x', 'y', 'z'].map((transactionId) => ({
      subscriptionId,
      transactionId,
      amount: 2,
      usageMeterSlug: 'visitors',
      properties: { user: 'same' },
    }))
    await backend.request('POST', '/usage-events/bulk', { usageEvents })
    expect(await customer.balance('visitors')).toMatchObject({ availableBalance: 8 })
  })
})

describe('a batch', () => {
  it('records nothing if one event names an unknown meter', async () => {
    const customer = await backend.customer()
    const { id: subscriptionId } = await customer.subscription()
    const event = { subscriptionId, amount: 1, usageMeterSlug: 'images' }
    const { status } = await backend.request('POST', '/usage-events/bulk', {
      usageEvents: [
        { ...event, transactionId: 'good' },
        { ...event, transactionId: 'bad', usageMeterSlug: 'image' },
      ],
    })
    expect(status).toBe(404)
    expect(await customer.balance('images')).toMatchObject({ availableBalance: 10 })
  })

  it('does not deadlock with its mirror image', async () => {
    const customers = await Promise.all(Array.from({ length: 6 }, () => backend.customer()))
    const ids = await Promise.all(
      customers.map(async (customer) => (await customer.subscription()).id),
    )
    const batch = (order: string[], name: string) => ({
      usageEvents: order.map((subscriptionId) => ({
        subscriptionId,
        transactionId: `${name}_${subscriptionId}`,
        amount: 1,
        usageMeterSlug: 'images',
      })),
    })
    const sends = Array.from({ length: 10 }, (_, round) =>
      backend.request(
        'POST',
        '/usage-events/bulk',
        batch(round % 2 ? ids : ids.toReversed(), `round_${round}`),
      ),
    )
    expect(new Set((await Promise.all(sends)).map(({ status }) => status))).toEqual(new Set([200]))
    const left = await Promise.all(customers.map((customer) => customer.balance('images')))
    expect(left.map(({ availableBalance }) => availableBalance)).toEqual([0, 0, 0, 0, 0, 0])
  })
})

it('answers a replay of another amount with the original', async () => {
  const customer = await backend.customer()
  const first = await customer.use(3, { transactionId: 'replayed', meter: 'images' })
  const again = await customer.use(9, { transactionId: 'replayed', meter: 'images' })
  expect(again.body).toEqual(first.body)
})

describe('usage that arrives after its plan was replaced', () => {
  const late = (customer: TestCustomer, subscriptionId: string, amount: number) =>
    customer.use(amount, { subscriptionId, meter: 'images' })

  it('is covered by the old plan’s credits as far as they went', async () => {
    const customer = await backend.customer()
    const { id } = await customer.subscription()
    await customer.buy('pro_monthly')
    expect((await late(customer, id, 12)).status).toBe(200)
    expect(await customer.balance('images')).toMatchObject({ availableBalance: 100 })
  })

  it('burns moved credits past the old plan’s own, never more than moved', async () => {
    const customer = await backend.customer()
    await customer.buy('more_once')
    await customer.use(4, { meter: 'images' })
    const { id } = await customer.subscription()
    await customer.buy('pro_monthly')
    expect(await customer.balance('images')).toMatchObject({ availableBalance: 150 })
    await late(customer, id, 5)
    expect(await customer.balance('images')).toMatchObject({ availableBalance: 150 })
    await late(customer, id, 5)
    await late(customer, id, 20)
    expect(await customer.balance('images')).toMatchObject({ availableBalance: 126 })
    await late(customer, id, 500)
    expect(await customer.balance('images')).toMatchObject({ availableBalance: 100 })
  })
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
