import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { present, openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import {
  createUnreliablePayments,
  type UnreliablePayments,
} from '../testing/unreliable-payments.ts'
import { pricingWithTwoPlans } from '../testing/two-plans.ts'
import { checkInvariants } from '../check-invariants.ts'

/** One customer pays once for one thing, however often they click and however the provider answers. */
let backend: TestBackend
let payments: UnreliablePayments

beforeAll(async () => {
  payments = createUnreliablePayments()
  backend = await openTestBackend({ pricing: pricingWithTwoPlans(), payments })
})
beforeEach(() => {
  payments.answerAgain()
  payments.decline(0)
})
afterAll(() => backend.close())

async function onPro() {
  const customer = await backend.customer()
  await subscribe(customer.externalId, 'pro_monthly')
  return customer
}

/** A customer with a stored card takes a plan. */
async function subscribe(externalId: string, priceSlug: string) {
  await addCard(externalId)
  return start(externalId, priceSlug)
}

async function addCard(externalId: string) {
  const opened = await checkout(externalId, { type: 'add_payment_method' })
  await complete(opened)
}

const RETURNS = { successUrl: 'http://localhost:3000/done', cancelUrl: 'http://localhost:3000/' }

function start(externalId: string, priceSlug: string) {
  return backend.request('POST', `/customers/${externalId}/plan`, { plan: { priceSlug } })
}

async function checkout(externalId: string, change: object) {
  const { body } = await backend.request<{ checkoutSession: { id: string } }>(
    'POST',
    '/checkout-sessions',
    {
      checkoutSession: {
        customerExternalId: externalId,
        ...RETURNS,
        ...change,
      },
    },
  )
  return body.checkoutSession.id
}

/** What the provider does once its page was paid. */
async function complete(checkoutSessionId: string) {
  payments.pay(checkoutSessionId)
  return backend.request('GET', `/checkout/${checkoutSessionId}/returned`)
}

async function upgrade(externalId: string, priceSlug = 'max_monthly') {
  const billing = await backend.request<{ currentSubscription: { id: string } }>(
    'GET',
    `/customers/${externalId}/billing`,
  )
  return backend.request('POST', `/subscriptions/${billing.body.currentSubscription.id}/adjust`, {
    adjustment: { timing: 'auto', newSubscriptionItems: [{ priceSlug, quantity: 1 }] },
  })
}

const MINUTE = 60_000

describe('an upgrade', () => {
  it.each([2, 5])('is paid once when %i clicks come at the same time', async (clicks) => {
    const customer = await onPro()
    payments.forget()
    const answers = await Promise.all(
      Array.from({ length: clicks }, () => upgrade(customer.externalId)),
    )
    expect(payments.taken()).toHaveLength(1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await customer.subscription()).name).toBe('Max Subscription')
  })

  it('is paid once when the provider times out, and is not reported as successful meanwhile', async () => {
    const customer = await onPro()
    payments.forget()
    payments.stopAnswering()
    for (let click = 0; click < 3; click++) {
      const { status, body } = await upgrade(customer.externalId)
      expect([status, body]).toMatchObject([409, { code: 'PAYMENT_PENDING' }])
      backend.time.now += 1_000
    }
    expect((await customer.subscription()).name).toBe('Pro Subscription')
    payments.answerAgain()
    backend.time.now += 2 * MINUTE
    expect((await customer.subscription()).name).toBe('Max Subscription')
    expect(payments.taken()).toHaveLength(1)
    expect(await checkInvariants(backend.database)).toEqual([])
  })

  it('waits for the payment of another change instead of adding a second one', async () => {
    const customer = await onPro()
    payments.stopAnswering()
    await upgrade(customer.externalId)
    const downgrade = await upgrade(customer.externalId, 'pro_monthly')
    expect(downgrade).toMatchObject({ status: 409, body: { code: 'PAYMENT_PENDING' } })
  })

  it('is refunded when the plan ended before the provider answered', async () => {
    const customer = await onPro()
    payments.forget()
    payments.takeWithoutAnswering()
    await upgrade(customer.externalId)
    const { id } = await customer.subscription()
    await backend.request('POST', `/subscriptions/${id}/cancel`, {
      cancellation: { timing: 'immediately' },
    })
    payments.answerAgain()
    backend.time.now += 2 * MINUTE
    expect((await customer.subscription()).isFreePlan).toBe(true)
    expect(payments.taken()).toHaveLength(1)
    expect(payments.refunded()).toEqual(payments.taken())
  })
})

const step = fc.oneof(
  fc.record({ kind: fc.constant('click' as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('provider' as const),
    does: fc.constantFrom('stopAnswering', 'takeWithoutAnswering', 'answerAgain'),
  }),
  fc.record({ kind: fc.constant('decline' as const) }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 3 }) }),
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

async function perform(event: Step, click: (times: number) => Promise<void>): Promise<void> {
  switch (event.kind) {
    case 'click':
      return click(event.times)
    case 'provider':
      return payments[event.does]()
    case 'decline':
      return payments.decline(1)
    case 'wait':
      backend.time.now += event.minutes * MINUTE
  }
}

/** All at the same time; any of them may be refused, but none may fail. */
async function press(times: number, send: () => Promise<{ status: number }>): Promise<void> {
  const answers = await Promise.all(Array.from({ length: times }, send))
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
}

describe('for any sequence of clicks and provider answers', () => {
  it('charges an upgrade exactly once if it takes effect and never otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (story) => {
        payments.answerAgain()
        payments.decline(0)
        const customer = await onPro()
        payments.forget()
        for (const event of story) {
          await perform(event, (times) => press(times, () => upgrade(customer.externalId)))
        }
        payments.answerAgain()
        backend.time.now += 5 * MINUTE
        const isUpgraded = (await customer.subscription()).name === 'Max Subscription'
        expect(payments.taken()).toHaveLength(isUpgraded ? 1 : 0)
        expect(payments.refunded()).toEqual([])
        expect(await checkInvariants(backend.database)).toEqual([])
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 180_000)

  it('charges an overdue invoice exactly once and grants its period once, or neither', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (story) => {
        payments.answerAgain()
        const customer = await onPro()
        payments.decline(1)
        backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
        const { id, status } = await customer.subscription()
        expect(status).toBe('past_due')
        payments.forget()
        for (const event of story) {
          await perform(event, async (times) => {
            const page = await openOwed(customer.externalId, id)
            await press(times, () => complete(page))
          })
        }
        payments.answerAgain()
        payments.decline(0)
        backend.time.now += 5 * MINUTE
        const isPaid = (await customer.subscription()).status === 'active'
        expect(payments.taken()).toHaveLength(isPaid ? 1 : 0)
        expect(payments.refunded()).toEqual([])
        expect(await customer.balance()).toMatchObject({ availableBalance: isPaid ? 500 : 0 })
        await press(2, async () => complete(await openOwed(customer.externalId, id)))
        expect(payments.taken()).toHaveLength(1)
        expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
        expect(await checkInvariants(backend.database)).toEqual([])
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 180_000)
})

function openOwed(externalId: string, targetSubscriptionId: string) {
  return checkout(externalId, { type: 'activate_subscription', targetSubscriptionId })
}

describe('a first plan', () => {
  it('is paid once when two requests start it at the same time', async () => {
    const customer = await backend.customer()
    await addCard(customer.externalId)
    payments.forget()
    await Promise.all([1, 2].map(() => start(customer.externalId, 'pro_monthly')))
    expect(payments.taken()).toHaveLength(1)
    expect((await customer.subscription()).name).toBe('Pro Subscription')
  })

  it('is reported neither as started nor as failed while its payment is pending', async () => {
    const customer = await backend.customer()
    await addCard(customer.externalId)
    payments.forget()
    payments.stopAnswering()
    for (let click = 0; click < 2; click++) {
      expect(await start(customer.externalId, 'pro_monthly')).toMatchObject({
        status: 409,
        body: { code: 'PAYMENT_PENDING' },
      })
    }
    payments.answerAgain()
    backend.time.now += 2 * MINUTE
    expect((await customer.subscription()).name).toBe('Pro Subscription')
    expect(payments.taken()).toHaveLength(1)
  })
})

describe('checkouts of a plan', () => {
  it('share one page until one of them is paid', async () => {
    const customer = await backend.customer()
    const product = { type: 'product', priceSlug: 'pro_monthly' }
    const first = await checkout(customer.externalId, product)
    expect(await checkout(customer.externalId, product)).toBe(first)
    await complete(first)
    expect((await customer.subscription()).name).toBe('Pro Subscription')
  })

  it('share one page until an hour before its end; then it is closed, and the next has a page of its own', async () => {
    const customer = await backend.customer()
    const product = { type: 'product', priceSlug: 'pro_monthly' }
    const first = await checkout(customer.externalId, product)
    backend.time.now += 22 * 60 * MINUTE
    expect(await checkout(customer.externalId, product)).toBe(first)
    backend.time.now += 61 * MINUTE
    const next = await checkout(customer.externalId, product)
    expect(next).not.toBe(first)
    expect(() => payments.pay(first)).toThrow('This page is closed.')
    const open = await backend.request('GET', `/customers/${customer.externalId}/open-checkouts`)
    expect(open.body).toEqual({ openCheckouts: 1 })
    await complete(next)
    expect((await customer.subscription()).name).toBe('Pro Subscription')
    expect(payments.refunded()).toEqual([])
  })

  it.each([
    ['an hour', 60],
    ['a day', 24 * 60],
  ])(
    'that were paid %s ago without our knowing are fulfilled, and no other is opened',
    async (_ago, minutes) => {
      const customer = await backend.customer()
      payments.forget()
      const product = { type: 'product', priceSlug: 'pro_monthly' }
      const paid = await checkout(customer.externalId, product)
      payments.pay(paid)
      backend.time.now += minutes * MINUTE
      const { externalId: customerExternalId } = customer
      const answer = await backend.request('POST', '/checkout-sessions', {
        checkoutSession: { customerExternalId, ...RETURNS, ...product },
      })
      expect(answer.status).toBe(409)
      expect((await customer.subscription()).name).toBe('Pro Subscription')
      expect(payments.refunded()).toEqual([])
    },
  )

  it('start one plan when paid twice, and refund the second payment', async () => {
    const customer = await backend.customer()
    payments.forget()
    const pro = await checkout(customer.externalId, { type: 'product', priceSlug: 'pro_monthly' })
    const max = await checkout(customer.externalId, { type: 'product', priceSlug: 'max_monthly' })
    await complete(pro)
    await complete(max)
    await complete(max)
    expect((await customer.subscription()).name).toBe('Pro Subscription')
    expect(payments.refunded()).toEqual([max])
    const { invoices } = await customer.billing()
    expect(invoices.map(({ invoice }) => invoice.status).toSorted()).toEqual(['paid', 'refunded'])
  })

  it('refund the second payment even if the provider does not answer at first', async () => {
    const customer = await backend.customer()
    payments.forget()
    const pro = await checkout(customer.externalId, { type: 'product', priceSlug: 'pro_monthly' })
    const max = await checkout(customer.externalId, { type: 'product', priceSlug: 'max_monthly' })
    await complete(pro)
    payments.stopAnswering()
    await complete(max)
    expect(payments.refunded()).toEqual([])
    payments.answerAgain()
    backend.time.now += 2 * MINUTE
    await customer.balance()
    expect(payments.refunded()).toEqual([max])
  })
})

describe('an overdue invoice', () => {
  it('is charged once when its payment page is completed twice', async () => {
    const customer = await onPro()
    payments.decline(1)
    backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
    const { id } = await customer.subscription()
    const pages = [await openOwed(customer.externalId, id), await openOwed(customer.externalId, id)]
    payments.forget()
    for (const page of pages) await complete(present(page))
    expect(payments.taken()).toHaveLength(1)
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
  })

  it('is not charged once the plan has ended', async () => {
    const customer = await onPro()
    payments.decline(1)
    backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
    const { id } = await customer.subscription()
    const page = await openOwed(customer.externalId, id)
    await backend.request('POST', `/subscriptions/${id}/cancel`, {
      cancellation: { timing: 'immediately' },
    })
    payments.forget()
    await complete(page)
    expect(payments.taken()).toEqual([])
  })

  it('must be paid before the plan can change: an unpaid period has no credits', async () => {
    const customer = await onPro()
    payments.decline(1)
    backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
    expect((await upgrade(customer.externalId)).status).toBe(400)
    expect(await customer.balance()).toMatchObject({ availableBalance: 0 })
  })
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
