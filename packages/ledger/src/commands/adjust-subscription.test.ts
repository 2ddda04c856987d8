import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { pricingWithTwoPlans } from '../testing/two-plans.ts'
import { checkInvariants } from '../check-invariants.ts'

type Adjusted = { isUpgrade: boolean; resolvedTiming: string; subscriptionItems: object[] }
type Preview = {
  isUpgrade: boolean
  resolvedTiming: string
  prorationAmount: number
  effectiveDate: number
}

let backend: TestBackend
let customer: TestCustomer

beforeAll(async () => {
  backend = await openTestBackend({ pricing: pricingWithTwoPlans() })
})
beforeEach(async () => {
  customer = await backend.customer()
})
afterAll(() => backend.close())

async function change<Body>(
  priceSlug: string,
  options: { preview?: boolean; timing?: string } = {},
) {
  const { id } = await customer.subscription()
  const path = `/subscriptions/${id}/${options.preview ? 'preview-adjust' : 'adjust'}`
  return backend.request<Body>('POST', path, {
    adjustment: {
      timing: options.timing ?? 'auto',
      newSubscriptionItems: [{ priceSlug, quantity: 1 }],
    },
  })
}

async function toTheMiddle() {
  const { currentBillingPeriodStart, currentBillingPeriodEnd } = await customer.subscription()
  backend.time.now = (currentBillingPeriodStart + currentBillingPeriodEnd) / 2
}

const paidSoFar = async () => {
  const { invoices } = await customer.billing()
  return invoices.map(({ invoice }) => invoice).filter(({ status }) => status === 'paid').length
}

describe('an upgrade', () => {
  it('charges the prorated difference and grants the prorated credits', async () => {
    await customer.buy('pro_monthly')
    await toTheMiddle()
    const { body: preview } = await change<Preview>('max_monthly', { preview: true })
    expect(preview).toMatchObject({
      isUpgrade: true,
      resolvedTiming: 'immediately',
      prorationAmount: 2_000,
    })
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })

    const { body } = await change<Adjusted>('max_monthly')
    expect(body).toMatchObject({ isUpgrade: true, resolvedTiming: 'immediately' })
    // Half of 2 000, less the 500 that this period had already granted.
    expect(await customer.balance()).toMatchObject({ availableBalance: 1_000 })
    expect(await paidSoFar()).toBe(2)
  })

  it('changes nothing when the payment fails', async () => {
    await customer.buy('pro_monthly')
    await backend.request('POST', '/dev/faults', { failingPayments: 1 })
    const { status, body } = await change('max_monthly')
    expect(status).toBe(402)
    expect(body).toMatchObject({ code: 'PAYMENT_FAILED' })
    expect(await customer.subscription()).toMatchObject({
      name: 'Pro Subscription',
      status: 'active',
    })
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
  })

  it('grants nothing twice when switching back and forth', async () => {
    await customer.buy('pro_monthly')
    for (let round = 0; round < 3; round++) {
      await change('max_monthly', { timing: 'immediately' })
      await change('pro_monthly', { timing: 'immediately' })
    }
    expect(await customer.balance()).toMatchObject({ availableBalance: 2_000 })
  })
})

describe('a downgrade', () => {
  it('takes effect at period end and can be cancelled until then', async () => {
    await customer.buy('max_monthly')
    const { body } = await change<Adjusted>('pro_monthly')
    expect(body).toMatchObject({
      isUpgrade: false,
      resolvedTiming: 'at_end_of_current_billing_period',
    })
    const scheduled = await customer.subscription()
    expect(scheduled.scheduledAdjustmentAt).toBe(scheduled.currentBillingPeriodEnd)

    await backend.request('POST', `/subscriptions/${scheduled.id}/cancel-scheduled-adjustment`, {})
    expect((await customer.subscription()).scheduledAdjustmentAt).toBeNull()
  })

  it('has its own price and credits once it is in force', async () => {
    await customer.buy('max_monthly')
    await change('pro_monthly')
    backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
    expect(await customer.subscription()).toMatchObject({
      name: 'Pro Subscription',
      subscriptionItems: [{ unitPrice: 2_000 }],
      scheduledAdjustmentAt: null,
    })
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
  })
})

describe('an adjustment is refused', () => {
  it('for the free plan, beside a cancellation and for a wrong timing', async () => {
    expect((await change('pro_monthly')).status).toBe(400)
    await customer.buy('pro_monthly')
    expect((await change('free_monthly')).status).toBe(400)
    expect(
      (await change('max_monthly', { timing: 'at_end_of_current_billing_period' })).status,
    ).toBe(400)
    const { id } = await customer.subscription()
    const cancellation = { timing: 'at_end_of_current_billing_period' }
    await backend.request('POST', `/subscriptions/${id}/cancel`, { cancellation })
    expect((await change('max_monthly')).status).toBe(400)
  })
})

it('expires credits in the middle of a period once they pass their expiry', async () => {
  const grant = {
    usageMeterSlug: 'image_generations',
    amount: 5,
    name: 'a gift',
    expiresAt: backend.time.now + 1_000,
  }
  await backend.request('POST', `/customers/${customer.externalId}/grants`, { grant })
  expect(await customer.balance()).toMatchObject({ availableBalance: 15 })
  backend.time.now += 1_000
  await customer.use(1)
  expect(await customer.balance()).toMatchObject({ availableBalance: 9 })
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
