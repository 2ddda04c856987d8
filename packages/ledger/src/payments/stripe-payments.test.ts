import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLedgerApp } from '../http/create-ledger-app.ts'
import { type FakeStripe, startFakeStripe } from '../testing/fake-stripe.ts'
import { openTestBackend, present, type TestBackend } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'
import { createStripePayments } from './stripe-payments.ts'

const WEBHOOK_SECRET = 'whsec_of_the_test'
const MONTH = 31 * 86_400_000
const HOME = 'http://localhost:3000'

let stripe: FakeStripe
let backend: TestBackend
let app: ReturnType<typeof createLedgerApp>

beforeAll(async () => {
  stripe = await startFakeStripe()
  const payments = createStripePayments({
    secretKey: 'sk_test_none',
    webhookSecret: WEBHOOK_SECRET,
    returnBaseUrl: 'http://127.0.0.1:3100',
    api: stripe.api,
  })
  backend = await openTestBackend({ payments, production: true })
  app = createLedgerApp({ ledger: backend.ledger })
})
afterAll(async () => {
  await backend.close()
  await stripe.close()
})

/** Opens a checkout; returns both sides' ids for it. */
async function open(externalId: string, checkout: object) {
  const opened = await backend.request<{ url: string; checkoutSession: { id: string } }>(
    'POST',
    '/checkout-sessions',
    {
      checkoutSession: {
        type: 'product',
        customerExternalId: externalId,
        successUrl: `${HOME}/bought`,
        cancelUrl: `${HOME}/`,
        ...checkout,
      },
    },
  )
  expect(opened.status, JSON.stringify(opened.body)).toBe(200)
  const stripeId = present(opened.body.url.split('/').at(-1))
  return { url: opened.body.url, id: opened.body.checkoutSession.id, stripeId }
}

function comeBack(id: string) {
  return app.request(`/checkout/${id}/returned`)
}

/** An unsolicited webhook from Stripe, signed with a secret. */
async function sendWebhook(type: string, stripeId: string, secret = WEBHOOK_SECRET) {
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type,
    data: { object: { id: stripeId, object: 'checkout.session' } },
  })
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret })
  return app.request('/webhooks/payments', {
    method: 'POST',
    headers: { 'stripe-signature': signature },
    body: payload,
  })
}

describe('a checkout paid through Stripe', () => {
  it('opens Stripe’s page with the price, once per checkout, and stores the card for renewals', async () => {
    const ada = await backend.customer()
    const { url, id } = await open(ada.externalId, { priceSlug: 'pro_monthly' })
    expect(url).toMatch(/^https:\/\/checkout\.stripe\.com\//)
    expect(stripe.requests.at(-1)).toMatchObject({
      idempotencyKey: id,
      form: {
        mode: 'payment',
        'line_items[0][price_data][unit_amount]': '2000',
        'line_items[0][price_data][currency]': 'usd',
        'payment_intent_data[setup_future_usage]': 'off_session',
        success_url: `http://127.0.0.1:3100/checkout/${id}/returned`,
      },
    })
  })

  it('grants nothing when the customer returns without having paid', async () => {
    const ada = await backend.customer()
    const { id } = await open(ada.externalId, { priceSlug: 'pro_monthly' })
    const back = await comeBack(id)
    expect(back.headers.get('location')).toBe(`${HOME}/`)
    expect((await ada.subscription()).isFreePlan).toBe(true)
  })

  it('is completed once by the return and by webhooks, however often each arrives', async () => {
    const ada = await backend.customer()
    const { id, stripeId } = await open(ada.externalId, { priceSlug: 'images_topup_50' })
    stripe.pay(stripeId)
    const answers = await Promise.all([
      comeBack(id),
      sendWebhook('checkout.session.completed', stripeId),
      sendWebhook('checkout.session.completed', stripeId),
      comeBack(id),
    ])
    expect(answers.map(({ status }) => status)).toEqual([303, 200, 200, 303])
    expect(answers[0]?.headers.get('location')).toBe(`${HOME}/bought`)
    expect((await ada.balance()).availableBalance).toBe(60)
    const { invoices, paymentMethods } = await ada.billing()
    expect(invoices).toHaveLength(1)
    expect(paymentMethods).toMatchObject([{ paymentMethodData: { brand: 'visa', last4: '4242' } }])
    expect(await checkInvariants(backend.database)).toEqual([])
  })

  it('is completed by the webhook alone when the customer never returns', async () => {
    const ada = await backend.customer()
    const { stripeId } = await open(ada.externalId, { priceSlug: 'pro_monthly' })
    stripe.pay(stripeId)
    expect((await sendWebhook('checkout.session.completed', stripeId)).status).toBe(200)
    expect(await ada.subscription()).toMatchObject({ isFreePlan: false, status: 'active' })
  })

  it('rejects webhooks that Stripe did not sign, and reads the state of signed ones from Stripe', async () => {
    const ada = await backend.customer()
    const { stripeId } = await open(ada.externalId, { priceSlug: 'pro_monthly' })
    const forged = await sendWebhook(
      'checkout.session.completed',
      stripeId,
      'whsec_of_another_account',
    )
    expect(forged.status).toBe(401)
    // Signed, but the session is not paid: the message alone proves nothing.
    expect((await sendWebhook('checkout.session.completed', stripeId)).status).toBe(200)
    expect((await ada.subscription()).isFreePlan).toBe(true)
  })

  it('is closed at Stripe before another of its plan is opened, also where it has ended there without our knowing', async () => {
    const ada = await backend.customer()
    const price = { priceSlug: 'pro_monthly' }
    const first = await open(ada.externalId, price)
    backend.time.now += 23.5 * 3_600_000
    const second = await open(ada.externalId, price)
    expect(second.id).not.toBe(first.id)
    expect(stripe.requests).toContainEqual(
      expect.objectContaining({ path: `/v1/checkout/sessions/${first.stripeId}/expire` }),
    )
    stripe.expire(second.stripeId)
    const third = await open(ada.externalId, price)
    expect(third.id).not.toBe(second.id)
    stripe.expire(third.stripeId)
    backend.time.now += 23.5 * 3_600_000
    expect((await open(ada.externalId, price)).id).not.toBe(third.id)
  })

  it('closes when it expires at Stripe', async () => {
    const ada = await backend.customer()
    const { id, stripeId } = await open(ada.externalId, { priceSlug: 'pro_monthly' })
    stripe.expire(stripeId)
    await sendWebhook('checkout.session.expired', stripeId)
    const [row] = await backend.database.query({
      text: 'select status from checkout_session where id = $1',
      values: [id],
    })
    expect(row).toEqual({ status: 'failed' })
  })

  it('only stores the card when nothing is due', async () => {
    const ada = await backend.customer()
    const { id, stripeId } = await open(ada.externalId, { type: 'add_payment_method' })
    expect(stripe.requests.at(-1)?.form).toMatchObject({ mode: 'setup' })
    stripe.pay(stripeId)
    await comeBack(id)
    expect((await ada.billing()).paymentMethods).toHaveLength(1)
    expect((await ada.billing()).invoices).toHaveLength(0)
  })
})

describe('a renewal', () => {
  async function subscriber() {
    const ada = await backend.customer()
    const { id, stripeId } = await open(ada.externalId, { priceSlug: 'pro_monthly' })
    stripe.pay(stripeId)
    await comeBack(id)
    return ada
  }
  const charges = () => stripe.requests.filter(({ path }) => path === '/v1/payment_intents')

  it('charges the stored card off-session, once per attempt', async () => {
    const ada = await subscriber()
    backend.time.now += MONTH
    const before = charges().length
    await Promise.all([ada.billing(), ada.billing(), ada.billing()])
    expect((await ada.subscription()).status).toBe('active')
    const sent = charges().slice(before)
    expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(sent[0]?.form).toMatchObject({
      amount: '2000',
      customer: 'cus_1',
      payment_method: 'pm_1',
      off_session: 'true',
      confirm: 'true',
    })
  })

  it('leaves the plan past due with Stripe’s reason when the card is declined', async () => {
    const ada = await subscriber()
    stripe.declineCharges(1)
    backend.time.now += MONTH
    expect((await ada.subscription()).status).toBe('past_due')
    const { body } = await backend.request<{ data: { failure: string | null }[] }>(
      'GET',
      '/payments',
    )
    expect(body.data.map(({ failure }) => failure)).toContain('Your card has insufficient funds.')
  })

  it('retries with the same key when Stripe does not answer', async () => {
    const ada = await subscriber()
    backend.time.now += MONTH
    stripe.fail(3)
    await ada.billing()
    const failed = charges().at(-1)?.idempotencyKey
    backend.time.now += 61_000
    expect((await ada.subscription()).status).toBe('active')
    expect(charges().at(-1)?.idempotencyKey).toBe(failed)
  })
})

it('refunds a payment once per refund id', async () => {
  const ada = await backend.customer()
  const { id, stripeId } = await open(ada.externalId, { priceSlug: 'images_topup_50' })
  stripe.pay(stripeId)
  await comeBack(id)
  const { body } = await backend.request<{ data: { id: string }[] }>('GET', '/payments?limit=1')
  const paymentId = present(body.data[0]).id
  expect((await backend.request('POST', `/payments/${paymentId}/refund`, {})).status).toBe(200)
  expect(stripe.requests.at(-1)).toMatchObject({
    path: '/v1/refunds',
    idempotencyKey: `${paymentId}-0`,
    form: { payment_intent: 'pi_checkout', amount: '500' },
  })
})
