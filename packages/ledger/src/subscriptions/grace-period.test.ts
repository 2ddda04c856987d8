import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processDueCustomers } from '../due/start-timer.ts'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

const DAY = 86_400_000
let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend({ gracePeriodDays: 5 })
})
afterAll(() => backend.close())

/** A Pro customer whose renewals fail from now on. */
async function unpaid(): Promise<TestCustomer> {
  const customer = await backend.customer()
  await customer.buy('pro_monthly')
  await customer.buy('images_topup_50')
  backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
  await backend.request('POST', '/dev/faults', { failingPayments: 1 })
  await customer.balance()
  return customer
}

async function payOwed(customer: TestCustomer, subscriptionId: string) {
  return backend.request('POST', `${await openOwed(customer, subscriptionId)}/pay`)
}

async function openOwed(customer: TestCustomer, subscriptionId: string, language = 'en') {
  const { body } = await backend.request<{ checkoutSession: { id: string } }>(
    'POST',
    '/checkout-sessions',
    {
      checkoutSession: {
        type: 'activate_subscription',
        customerExternalId: customer.externalId,
        targetSubscriptionId: subscriptionId,
        language,
        successUrl: 'http://localhost:3000/',
        cancelUrl: 'http://localhost:3000/',
      },
    },
  )
  return `/checkout/${body.checkoutSession.id}`
}

describe('an unpaid plan', () => {
  it('stays in force through its grace period without unlimited usage, then ends to the free plan', async () => {
    const customer = await unpaid()
    const { id, currentBillingPeriodStart } = await customer.subscription()
    backend.time.now = currentBillingPeriodStart + 5 * DAY - 1
    expect(await customer.subscription()).toMatchObject({ id, status: 'past_due' })
    expect(await customer.balance('api_calls')).toMatchObject({ unlimited: false })
    backend.time.now += 1
    expect(await customer.subscription()).toMatchObject({ isFreePlan: true, status: 'active' })
    const { subscriptions, invoices } = await customer.billing()
    expect(subscriptions.find((one) => one.id === id)).toMatchObject({
      status: 'canceled',
      cancellationReason: 'unpaid',
      canceledAt: currentBillingPeriodStart + 5 * DAY,
    })
    expect(invoices.map(({ invoice }) => invoice.status).toSorted()).toEqual([
      'paid',
      'paid',
      'uncollectible',
    ])
    expect((await customer.balance()).breakdown).toMatchObject([
      { source: 'plan', remaining: 10 },
      { source: 'topup', remaining: 50 },
    ])
  })

  it('ends without a read, and is billed for no further period', async () => {
    const customer = await unpaid()
    await backend.request('POST', '/dev/faults', { failingPayments: 20 })
    backend.time.now += 400 * DAY
    await processDueCustomers(backend.ledger)
    expect(await customer.subscription()).toMatchObject({ isFreePlan: true })
    const { invoices } = await customer.billing()
    expect(invoices).toHaveLength(3)
    await backend.request('POST', '/dev/faults', { failingPayments: 0 })
  })

  it('continues when paid in time, and cannot be paid after its end', async () => {
    const customer = await unpaid()
    const { id } = await customer.subscription()
    backend.time.now += 4 * DAY
    expect((await payOwed(customer, id)).status).toBe(303)
    expect(await customer.subscription()).toMatchObject({ id, status: 'active' })
    expect(await customer.balance()).toMatchObject({ availableBalance: 550 })
    backend.time.now += 4 * DAY
    expect(await customer.subscription()).toMatchObject({ id, status: 'active' })

    const other = await unpaid()
    const unpaidId = (await other.subscription()).id
    backend.time.now += 6 * DAY
    await other.balance()
    expect((await payOwed(other, unpaidId)).status).toBe(409)
    expect(await other.subscription()).toMatchObject({ isFreePlan: true })
  })

  it('shows the invoice, what it is for and its amount on the page where it is paid', async () => {
    const customer = await unpaid()
    const { id } = await customer.subscription()
    const path = await openOwed(customer, id)
    const { invoices } = await customer.billing()
    const number = invoices.find(({ invoice }) => invoice.status === 'open')?.invoice.invoiceNumber
    const page = await backend.request<string>('GET', path)
    expect(page.body).toContain(`Pay invoice ${number}`)
    expect(page.body).toContain('500 images a month')
    expect(page.body).toContain('Pay $20.00')
    const german = await backend.request<string>('GET', `${path}?lang=de`)
    expect(german.body).toContain(`Rechnung ${number} bezahlen`)
    expect(german.body).toContain('20,00\u00A0$ bezahlen')
  })

  it('stays past due when the card that should pay it is declined, and can be paid afterwards', async () => {
    const customer = await unpaid()
    const { id } = await customer.subscription()
    await backend.request('POST', '/dev/faults', { failingPayments: 1 })
    const declined = await backend.request<string>('POST', `${await openOwed(customer, id)}/pay`)
    expect(declined.status).toBe(402)
    expect(declined.body).toContain('the invoice is still open')
    expect(await customer.subscription()).toMatchObject({ id, status: 'past_due' })
    expect((await payOwed(customer, id)).status).toBe(303)
    expect(await customer.subscription()).toMatchObject({ id, status: 'active' })
  })

  it('ends immediately when cancelled, and uncancelling does not reactivate it', async () => {
    const customer = await unpaid()
    const { id } = await customer.subscription()
    await backend.request('POST', `/subscriptions/${id}/cancel`, {
      cancellation: { timing: 'at_end_of_current_billing_period' },
    })
    await backend.request('POST', `/subscriptions/${id}/uncancel`, {})
    expect(await customer.subscription()).toMatchObject({ isFreePlan: true })
  })

  it('still charges usage to the customer’s credits', async () => {
    const customer = await unpaid()
    expect((await customer.use(7)).status).toBe(200)
    expect(await customer.balance()).toMatchObject({ availableBalance: 43 })
  })

  it('counts usage of a meter that only a paid period makes unlimited', async () => {
    const customer = await unpaid()
    const { availableBalance } = await customer.balance('api_calls')
    await customer.use(7, { meter: 'api_calls' })
    expect(await customer.balance('api_calls')).toMatchObject({
      availableBalance: availableBalance - 7,
    })
  })
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
