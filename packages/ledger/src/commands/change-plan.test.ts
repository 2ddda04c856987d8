import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

async function cancel(customer: TestCustomer, timing: string) {
  const { id } = await customer.subscription()
  return backend.request('POST', `/subscriptions/${id}/cancel`, { cancellation: { timing } })
}

describe('cancelling a plan', () => {
  it('moves the customer to the free plan at period end, and not before', async () => {
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await cancel(customer, 'at_end_of_current_billing_period')
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
    backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
    expect(await customer.subscription()).toMatchObject({ isFreePlan: true, status: 'active' })
    expect(await customer.balance()).toMatchObject({ availableBalance: 10 })
  })

  it('grants no new free credits within the same free period', async () => {
    const customer = await backend.customer()
    await customer.use(7)
    for (let round = 0; round < 3; round++) {
      await customer.buy('pro_monthly')
      await cancel(customer, 'immediately')
      expect(await customer.balance()).toMatchObject({ availableBalance: 3 })
    }
    await customer.use(3)
    await customer.buy('pro_monthly')
    await cancel(customer, 'immediately')
    expect(await customer.balance()).toMatchObject({ availableBalance: 0 })
  })

  it('carries bought credits and debts over', async () => {
    const customer = await backend.customer()
    await customer.use(14)
    await customer.buy('pro_monthly')
    expect(await customer.balance()).toMatchObject({ availableBalance: 496 })
    await customer.buy('images_topup_50')
    await cancel(customer, 'immediately')
    expect(await customer.balance()).toMatchObject({ availableBalance: 50 })
  })
})

describe('a top-up', () => {
  it('is used after the plan’s credits', async () => {
    const customer = await backend.customer()
    await customer.buy('images_topup_50')
    await customer.use(12)
    expect((await customer.balance()).breakdown).toMatchObject([
      { source: 'plan', remaining: 0 },
      { source: 'topup', remaining: 48 },
    ])
  })

  it('loses its unused credits when refunded, also after they moved to another plan', async () => {
    const customer = await backend.customer()
    await customer.buy('images_topup_50')
    await customer.use(15)
    const { body } = await backend.request<{ data: { id: string; customerId: string }[] }>(
      'GET',
      '/payments?limit=100',
    )
    const own = (await customer.billing()).customer.id
    const payment = body.data.find(({ customerId }) => customerId === own)
    await customer.buy('pro_monthly')
    expect(await customer.balance()).toMatchObject({ availableBalance: 545 })
    await backend.request('POST', `/payments/${payment?.id}/refund`, {})
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
  })
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
