import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processDueCustomers } from '../due/start-timer.ts'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

const toTheEnd = async (customer: {
  subscription(): Promise<{ currentBillingPeriodEnd: number }>
}) => {
  backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
}

describe('at the end of a period', () => {
  it('renews a free plan’s credits and keeps bought ones', async () => {
    const customer = await backend.customer()
    await customer.buy('images_topup_50')
    await customer.use(6)
    await toTheEnd(customer)
    expect(await customer.balance()).toMatchObject({
      availableBalance: 60,
      usedBalance: 0,
      balanceLimit: 60,
      breakdown: [
        { source: 'plan', granted: 10, remaining: 10, expiresAt: expect.any(Number) },
        { source: 'topup', granted: 50, remaining: 50, expiresAt: null },
      ],
    })
    expect(await customer.subscription()).toMatchObject({ status: 'active' })
  })

  it('carries usage past the grants over, once', async () => {
    const customer = await backend.customer()
    await customer.use(13)
    expect(await customer.balance()).toMatchObject({ availableBalance: -3, usedBalance: 13 })
    await toTheEnd(customer)
    expect(await customer.balance()).toMatchObject({ availableBalance: 7 })
    await toTheEnd(customer)
    expect(await customer.balance()).toMatchObject({ availableBalance: 10 })
  })

  it('puts a customer not read for a year into the current period with one period’s credits', async () => {
    const customer = await backend.customer()
    backend.time.now += 400 * 86_400_000
    const subscription = await customer.subscription()
    expect(subscription.currentBillingPeriodStart).toBeLessThanOrEqual(backend.time.now)
    expect(subscription.currentBillingPeriodEnd).toBeGreaterThan(backend.time.now)
    expect(await customer.balance()).toMatchObject({ availableBalance: 10 })
  })

  it('rolls over customers in the background who are not read', async () => {
    const customer = await backend.customer()
    const before = await customer.subscription()
    backend.time.now = before.currentBillingPeriodEnd
    await processDueCustomers(backend.ledger)
    const [row] = await backend.database.query({
      text: 'select period_start as start from subscription where id = $1',
      values: [before.id],
    })
    expect(row).toEqual({ start: before.currentBillingPeriodEnd })
  })

  it('leaves a plan past due without new credits until its renewal is paid', async () => {
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await backend.request('POST', '/dev/faults', { failingPayments: 1 })
    await toTheEnd(customer)
    const late = await customer.subscription()
    expect(late).toMatchObject({ status: 'past_due', current: true })
    expect(await customer.balance()).toMatchObject({ availableBalance: 0 })

    const { body } = await backend.request<{ checkoutSession: { id: string } }>(
      'POST',
      '/checkout-sessions',
      {
        checkoutSession: {
          type: 'activate_subscription',
          customerExternalId: customer.externalId,
          targetSubscriptionId: late.id,
          successUrl: 'http://localhost:3000/',
          cancelUrl: 'http://localhost:3000/',
        },
      },
    )
    await backend.request('POST', `/checkout/${body.checkoutSession.id}/pay`)
    expect(await customer.subscription()).toMatchObject({ status: 'active' })
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
  })

  it('counts unlimited usage within the period and never charges it afterwards', async () => {
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await customer.use(12_345, { meter: 'api_calls' })
    expect(await customer.balance('api_calls')).toMatchObject({
      unlimited: true,
      usedBalance: 12_345,
    })
    const { id } = await customer.subscription()
    await backend.request('POST', `/subscriptions/${id}/cancel`, {
      cancellation: { timing: 'immediately' },
    })
    expect(await customer.balance('api_calls')).toMatchObject({
      unlimited: false,
      availableBalance: 100,
    })
  })
})

it('puts each of 100 concurrent events around a roll-over into exactly one period', async () => {
  const customer = await backend.customer()
  const { id, currentBillingPeriodEnd } = await customer.subscription()
  backend.time.now = currentBillingPeriodEnd - 1
  let answered = 0
  const waiting = Array.from({ length: 100 }, (_, index) => `flight_${index}`)
  // As many at a time as the backend has connections; more would only measure the machine.
  const callers = Array.from({ length: 10 }, async () => {
    for (let sent = waiting.pop(); sent !== undefined; sent = waiting.pop()) {
      const { status } = await customer.use(1, { subscriptionId: id, transactionId: sent })
      expect(status).toBe(200)
      // The period ends while the others are in progress.
      if (++answered === 30) backend.time.now = currentBillingPeriodEnd
    }
  })
  await Promise.all(callers)
  const periods = await backend.database.query<{ starts: number; events: number }>({
    text: `select period.starts_at as starts, count(*) as events from usage_event event
           join billing_period period
             on period.subscription_id = event.subscription_id and period.id = event.billing_period_id
           where event.subscription_id = $1 group by period.starts_at order by period.starts_at`,
    values: [id],
  })
  expect(periods.reduce((sum, { events }) => sum + events, 0)).toBe(100)
  expect(periods).toHaveLength(2)
  expect(periods[1]?.starts).toBe(currentBillingPeriodEnd)
  // Charges beyond the old period's ten credits are carried over; nothing is charged twice.
  expect(await customer.balance()).toMatchObject({ availableBalance: 20 - 100 })
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
