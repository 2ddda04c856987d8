import { customerId } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { openBackend } from './fixtures/open-backend.ts'

const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
const clock = { now: () => new Date('2026-11-16T00:00:00.000Z') }
const pro = { priceId: 'price_pro', isFreePlan: false }
const returns = { successUrl: 'https://app.example/ok', cancelUrl: 'https://app.example/no' }

async function start(subscription: Record<string, unknown>, selfHosted = false) {
  const test = await openBackend({ clock, selfHosted })
  test.flowglad.hosted.customers.add('user_ada')
  test.flowglad.hosted.subscription = subscription
  return test
}

function invoice(number: string, fields: object = {}) {
  return {
    invoice: {
      id: `inv_${number}`,
      invoiceNumber: number,
      invoiceDate: Date.UTC(2026, 10, 1),
      currency: 'USD',
      subtotal: 2000,
      subscriptionId: 'sub_1',
      status: 'paid',
      pdfURL: null,
      ...fields,
    },
    invoiceLineItems: [{ description: 'Pro', price: 2000, quantity: 1 }],
  }
}

describe('the billing summary', () => {
  it('has the next charge, the payment method and the invoices, newest first', async () => {
    await using test = await start(pro)
    const newer = { invoiceDate: Date.UTC(2026, 10, 2), taxAmount: 380, status: 'refunded' }
    test.flowglad.hosted.invoices = [invoice('A-1'), invoice('A-2', newer)]
    test.flowglad.hosted.paymentMethods = [
      { type: 'sepa_debit', default: false, paymentMethodData: null },
      { type: 'card', default: true, paymentMethodData: { brand: 'visa', last4: '4242' } },
    ]
    const summary = await test.backend.billingSummary(ada)
    expect(summary).toMatchObject({
      amountDue: null,
      nextCharge: { at: '2026-12-01T00:00:00.000Z', amount: 2000, currency: 'USD' },
      paymentMethods: [
        { type: 'card', brand: 'visa', last4: '4242', isDefault: true },
        { type: 'sepa_debit', brand: null, last4: null, isDefault: false },
      ],
    })
    expect(summary.invoices).toMatchObject([
      { number: 'A-2', status: 'refunded', total: 2380 },
      {
        number: 'A-1',
        status: 'paid',
        issuedAt: '2026-11-01T00:00:00.000Z',
        total: 2000,
        lines: [{ description: 'Pro', quantity: 1, unitPrice: 2000 }],
      },
    ])
  })

  it.each([
    ['on the free plan', {}, null],
    ['of a plan that ends', { ...pro, status: 'cancellation_scheduled' }, null],
    ['while an invoice is unpaid', { ...pro, status: 'past_due' }, null],
    [
      'with every item of the subscription',
      { ...pro, subscriptionItems: [{ unitPrice: 700, quantity: 3 }] },
      2100,
    ],
  ])('has the right next charge %s', async (_case, subscription, amount) => {
    await using test = await start(subscription)
    const { nextCharge } = await test.backend.billingSummary(ada)
    expect(nextCharge?.amount ?? null).toBe(amount)
  })

  it('does not guess what a scheduled change will charge', async () => {
    await using test = await start({ ...pro, scheduledAdjustmentAt: Date.UTC(2026, 11, 1) })
    expect((await test.backend.billingSummary(ada)).nextCharge).toMatchObject({ amount: null })
  })

  it('owes the open invoice of the plan that is past due, and no other one', async () => {
    await using test = await start({ ...pro, status: 'past_due' })
    test.flowglad.hosted.invoices = [
      invoice('A-1', { status: 'open', subscriptionId: 'sub_0', subtotal: 900 }),
      invoice('A-2', { status: 'open' }),
    ]
    expect((await test.backend.billingSummary(ada)).amountDue).toEqual({
      amount: 2000,
      currency: 'USD',
      invoiceNumber: 'A-2',
    })
  })

  it('never links to a script or a file from an invoice', async () => {
    await using test = await start(pro)
    test.flowglad.hosted.invoices = [invoice('A-1', { pdfURL: 'javascript:alert(1)' })]
    expect((await test.backend.billingSummary(ada)).invoices[0]?.pdfUrl).toBeNull()
  })

  it('shows what there is of invoices and methods in another form', async () => {
    await using test = await start(pro)
    test.flowglad.hosted.invoices = [{ invoice: { status: 'uncollectible', invoiceDate: 'soon' } }]
    test.flowglad.hosted.paymentMethods = [{ kind: 'unheard of' }]
    expect(await test.backend.billingSummary(ada)).toMatchObject({
      paymentMethods: [],
      invoices: [{ number: '', status: 'unpaid', total: 0, lines: [] }],
    })
  })
})

describe('paying an open invoice', () => {
  const request = { customer: ada, purpose: 'open_invoice', language: 'de', ...returns } as const

  it('leads to the billing portal of the hosted service', async () => {
    await using test = await start({ ...pro, status: 'past_due' })
    test.flowglad.hosted.billingPortalUrl = 'https://app.flowglad.com/billing-portal/org/user'
    expect(await test.backend.openPayment(request)).toEqual({
      url: 'https://app.flowglad.com/billing-portal/org/user',
    })
  })

  it('stores a new card for the subscription where the hosted service has no portal', async () => {
    await using test = await start({ ...pro, status: 'past_due' })
    await test.backend.openPayment(request)
    expect(test.flowglad.requests.at(-1)?.body).toEqual({
      checkoutSession: {
        type: 'add_payment_method',
        customerExternalId: 'user_ada',
        targetSubscriptionId: 'sub_1',
        ...returns,
      },
    })
  })

  it('opens the page of our own backend that collects it, in the language of the reader', async () => {
    await using test = await start({ ...pro, status: 'past_due' }, true)
    await test.backend.openPayment(request)
    expect(test.flowglad.requests.at(-1)?.body).toMatchObject({
      checkoutSession: {
        type: 'activate_subscription',
        targetSubscriptionId: 'sub_1',
        language: 'de',
      },
    })
  })

  it('is refused while nothing is owed', async () => {
    await using test = await start(pro, true)
    await expect(test.backend.openPayment(request)).rejects.toMatchObject({ code: 'refused' })
  })
})

it('changes the payment method of a customer on the free plan without naming a subscription', async () => {
  await using test = await openBackend({ clock, withApi: false })
  const { url } = await test.backend.openPayment({
    customer: ada,
    purpose: 'payment_method',
    ...returns,
  })
  expect(url).toBe('https://pay.example/checkout/chk_1')
  expect(test.flowglad.requests.at(-1)?.body).toMatchObject({
    checkoutSession: { type: 'add_payment_method', customerExternalId: 'user_ada' },
  })
  expect(JSON.stringify(test.flowglad.requests.at(-1)?.body)).not.toContain('sub_1')
})
