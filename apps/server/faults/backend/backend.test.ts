import type { BillingBackend, BillingCustomer } from '@tollgate/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { payAt } from '../../fixtures/billing-admin-client.ts'
import {
  buy,
  imagesOf,
  MODES,
  newCustomer,
  openBackendStage,
  type BackendStage,
  subscriptionOf,
  usage,
} from './open-backend-stage.ts'

let stage: BackendStage
beforeAll(async () => {
  stage = await openBackendStage()
})
afterAll(() => stage.close())

describe.each(MODES)('the billing backend over HTTP, through %s', (mode) => {
  let backend: BillingBackend
  let ada: BillingCustomer
  beforeEach(() => {
    backend = stage.openBackend(mode)
    ada = newCustomer()
  })

  it('makes a customer on first sight, on the free plan', async () => {
    expect(await backend.readCustomer(ada)).toMatchObject({
      customerId: ada.customerId,
      subscription: { status: 'active', planSlug: 'free', priceSlug: 'free_monthly', isFree: true },
      features: [],
      meters: [{ meter: 'images', available: 10, granted: 10 }],
    })
  })

  it('makes one customer of many first sights at once', async () => {
    const seen = await Promise.all(Array.from({ length: 5 }, () => backend.readCustomer(ada)))
    expect(new Set(seen.map(({ subscription }) => subscription?.id)).size).toBe(1)
    expect(await imagesOf(backend, ada)).toBe(10)
  })

  it('records usage once, in the order given, and answers the same when it is sent again', async () => {
    const subscriptionId = await subscriptionOf(backend, ada)
    const deliveries = [1, 2, 3].map((amount) => usage(ada, subscriptionId, amount))
    const receipts = await backend.deliverUsage(deliveries)
    expect(receipts).toEqual(
      deliveries.map(({ transactionId, amount }) => ({
        transactionId,
        outcome: 'recorded',
        amount,
        subscriptionId,
        meter: 'images',
      })),
    )
    expect(await imagesOf(backend, ada)).toBe(4)
    expect(await stage.openBackend(mode).deliverUsage(deliveries)).toEqual(receipts)
    expect(await imagesOf(backend, ada)).toBe(4)
  })

  it('records usage of several customers beside usage that is refused', async () => {
    const bob = newCustomer()
    const receipts = await backend.deliverUsage([
      usage(ada, await subscriptionOf(backend, ada), 1),
      usage(ada, 'sub_unknown', 1),
      usage(bob, await subscriptionOf(backend, bob), 2),
    ])
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['recorded', 'refused', 'recorded'])
    expect([await imagesOf(backend, ada), await imagesOf(backend, bob)]).toEqual([9, 8])
  })

  it('records usage of a subscription that has ended meanwhile', async () => {
    const ended = await subscriptionOf(backend, ada)
    await buy(backend, ada, 'pro_monthly')
    expect(await subscriptionOf(backend, ada)).not.toBe(ended)
    const late = [usage(ada, ended, 1), usage(ada, ended, 2)]
    expect(await backend.deliverUsage(late)).toMatchObject([
      { outcome: 'recorded', amount: 1, subscriptionId: ended },
      { outcome: 'recorded', amount: 2, subscriptionId: ended },
    ])
  })

  it('makes an archived customer anew, and records usage of others beside its own', async () => {
    const bob = newCustomer()
    const [old, other] = [await subscriptionOf(backend, ada), await subscriptionOf(backend, bob)]
    const archived = await stage.api(`/customers/${ada.customerId}/archive`, {})
    expect(archived.status).toBe(200)
    const [, receipt] = await backend.deliverUsage([usage(ada, old, 1), usage(bob, other, 1)])
    expect(receipt).toMatchObject({ outcome: 'recorded' })
    expect(await subscriptionOf(backend, ada)).not.toBe(old)
    expect(await imagesOf(backend, ada)).toBe(10)
  })

  it('lists what is for sale once a customer was read', async () => {
    await backend.readCustomer(ada)
    const offers = await backend.readOffers()
    expect(offers.map(({ kind, priceSlug }) => [kind, priceSlug])).toEqual([
      ['plan', 'free_monthly'],
      ['plan', 'pro_monthly'],
      ['plan', 'team_monthly'],
      ['topup', 'more_once'],
    ])
    expect(offers[3]?.grants).toEqual([{ meter: 'images', amount: 50, renews: false }])
  })

  it('says what a customer owns, and that one it has never seen owns nothing', async () => {
    expect(await backend.customerHoldings(ada)).toMatchObject({ payments: 0, lastingCredits: [] })
    const found = await stage.api(`/customers/${ada.customerId}/archive`, {})
    expect(found.status).toBe(404)
    await buy(backend, ada, 'more_once')
    expect(await backend.customerHoldings(ada)).toMatchObject({
      payments: 1,
      lastingCredits: [{ meter: 'images', amount: 50 }],
      paidPlan: null,
    })
  })

  it('sells a first plan at a checkout only', async () => {
    expect(await backend.previewPlanChange(ada, 'pro_monthly')).toMatchObject({
      verb: 'upgrade',
      timing: 'checkout',
      dueNow: 1000,
    })
    await expect(backend.changePlan(ada, 'pro_monthly')).rejects.toMatchObject({ code: 'refused' })
    await buy(backend, ada, 'pro_monthly')
    expect(await backend.readCustomer(ada)).toMatchObject({
      subscription: { planSlug: 'pro', isFree: false },
      features: ['hd'],
    })
  })

  it('changes to a dearer plan at once, for what its preview says', async () => {
    await buy(backend, ada, 'pro_monthly')
    expect(await backend.previewPlanChange(ada, 'team_monthly')).toMatchObject({
      verb: 'upgrade',
      timing: 'now',
      dueNow: 4000,
    })
    expect(await backend.changePlan(ada, 'team_monthly')).toMatchObject({
      subscription: { planSlug: 'team' },
    })
    // Again, although it is already the plan.
    expect(await backend.changePlan(ada, 'team_monthly')).toMatchObject({
      subscription: { planSlug: 'team' },
    })
  })

  it('cancels at the end of the period and takes that back', async () => {
    await buy(backend, ada, 'pro_monthly')
    const cancelled = await backend.cancelPlan(ada)
    expect(cancelled.subscription?.cancelsAt).toBe(cancelled.subscription?.periodEnd)
    const kept = await backend.keepPlan(ada)
    expect(kept.subscription).toMatchObject({ status: 'active', cancelsAt: null })
  })

  it('schedules a cheaper plan for the end of the period', async () => {
    await buy(backend, ada, 'team_monthly')
    expect(await backend.previewPlanChange(ada, 'pro_monthly')).toMatchObject({
      verb: 'downgrade',
      timing: 'period_end',
      dueNow: 0,
    })
    const { subscription } = await backend.changePlan(ada, 'pro_monthly')
    expect(subscription).toMatchObject({ planSlug: 'team' })
    expect(subscription?.scheduledChangeAt).toBe(subscription?.periodEnd)
  })
})

describe('a cheaper plan that is scheduled', () => {
  it('is taken back with the API, and refused with the reason through the factory alone', async () => {
    const ada = newCustomer()
    const [alone, withApi] = MODES.map((mode) => stage.openBackend(mode))
    if (!alone || !withApi) throw new Error('There are two modes.')
    await buy(alone, ada, 'team_monthly')
    await alone.changePlan(ada, 'pro_monthly')
    await expect(alone.keepPlan(ada)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Give flowgladBackend() an `api`'),
    })
    const { subscription } = await withApi.keepPlan(ada)
    expect(subscription).toMatchObject({ planSlug: 'team', scheduledChangeAt: null })
  })
})

describe.each(MODES)('the billing of a customer, through %s', (mode) => {
  it('is empty on the free plan, and knows the card, the invoice and the next charge once a plan is bought', async () => {
    const backend = stage.openBackend(mode)
    const ada = newCustomer()
    expect(await backend.billingSummary(ada)).toEqual({
      amountDue: null,
      nextCharge: null,
      paymentMethods: [],
      invoices: [],
    })
    await buy(backend, ada, 'pro_monthly')
    const { subscription } = await backend.readCustomer(ada)
    expect(await backend.billingSummary(ada)).toMatchObject({
      amountDue: null,
      nextCharge: { at: subscription?.periodEnd, amount: 1000, currency: 'USD' },
      paymentMethods: [{ type: 'card', brand: 'test', last4: '4242', isDefault: true }],
      invoices: [{ status: 'paid', total: 1000, lines: [{ quantity: 1, unitPrice: 1000 }] }],
    })
  })

  it('takes another card on a page of its own', async () => {
    const backend = stage.openBackend(mode)
    const ada = newCustomer()
    await backend.readCustomer(ada)
    const { url } = await backend.openPayment({
      customer: ada,
      purpose: 'payment_method',
      ...RETURNS,
    })
    await payAt(url)
    expect((await backend.billingSummary(ada)).paymentMethods).toHaveLength(1)
  })
})

const RETURNS = { successUrl: 'http://127.0.0.1/done', cancelUrl: 'http://127.0.0.1/' }

// Runs last, because it advances the backend's clock.
describe('an invoice that was not paid', () => {
  it('is due, is paid on its page, and brings the credits of the period', async () => {
    const backend = stage.openOwn()
    const ada = newCustomer()
    await buy(backend, ada, 'pro_monthly')
    // Payments of every customer that renews by then are declined.
    await stage.api('/dev/faults', { failingPayments: 100 })
    await stage.api('/dev/clock/advance', { milliseconds: 31 * 86_400_000 })
    expect(await backend.readCustomer(ada)).toMatchObject({ subscription: { status: 'past_due' } })
    const owed = await backend.billingSummary(ada)
    expect(owed).toMatchObject({
      amountDue: { amount: 1000, currency: 'USD', invoiceNumber: owed.invoices[0]?.number },
      nextCharge: null,
      invoices: [{ status: 'open' }, { status: 'paid' }],
    })
    expect(await imagesOf(backend, ada)).toBe(0)
    await stage.api('/dev/faults', { failingPayments: 0 })
    const request = { customer: ada, purpose: 'open_invoice', ...RETURNS } as const
    await payAt((await backend.openPayment(request)).url)
    expect(await backend.readCustomer(ada)).toMatchObject({ subscription: { status: 'active' } })
    expect(await imagesOf(backend, ada)).toBeGreaterThan(0)
    expect(await backend.billingSummary(ada)).toMatchObject({
      amountDue: null,
      invoices: [{ status: 'paid' }, { status: 'paid' }],
    })
    await expect(backend.openPayment(request)).rejects.toMatchObject({ code: 'refused' })
  })
})
