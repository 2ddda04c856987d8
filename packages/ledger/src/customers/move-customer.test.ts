import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BackendAnswer,
  openTestBackend,
  type TestBackend,
  type TestCustomer,
} from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

let backend: TestBackend
let moves = 0

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

function move(
  from: TestCustomer,
  to: TestCustomer,
  idempotencyKey = `move_${++moves}`,
): Promise<BackendAnswer> {
  return backend.request('POST', `/customers/${from.externalId}/move`, {
    move: { toExternalId: to.externalId, idempotencyKey },
  })
}

const payments = async (customer: TestCustomer) =>
  (await customer.billing()).invoices.map(({ invoice }) => invoice.status)

describe('moving a customer', () => {
  it('moves a top-up and its invoice, and leaves the free credits of both where they are', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('images_topup_50')
    await guest.use(4)
    expect((await move(guest, account)).status).toBe(200)
    expect(await account.balance()).toMatchObject({
      availableBalance: 60,
      breakdown: [
        { source: 'plan', remaining: 10 },
        { source: 'topup', remaining: 50, expiresAt: null },
      ],
    })
    expect(await guest.balance()).toMatchObject({ availableBalance: 6 })
    expect([await payments(guest), await payments(account)]).toEqual([[], ['paid']])
  })

  it('moves once per key, and refuses the key for another move', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('images_topup_50')
    const answers = await Promise.all([1, 2, 3].map(() => move(guest, account, 'same_key')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await account.balance()).toMatchObject({ availableBalance: 60 })
    expect((await move(account, guest, 'same_key')).status).toBe(422)
  })

  it('moves a paid plan with its period, its credits and its payment method', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await account.buy('images_topup_50')
    await guest.buy('pro_monthly')
    await guest.use(100)
    const before = await guest.subscription()
    expect((await move(guest, account)).status).toBe(200)
    const after = await account.subscription()
    expect(after).toMatchObject({
      status: 'active',
      isFreePlan: false,
      priceId: before.priceId,
      currentBillingPeriodStart: before.currentBillingPeriodStart,
      currentBillingPeriodEnd: before.currentBillingPeriodEnd,
      billingCycleAnchorDate: before.billingCycleAnchorDate,
      defaultPaymentMethodId: before.defaultPaymentMethodId,
    })
    expect(after.experimental.featureItems.map(({ slug }) => slug)).toEqual(
      before.experimental.featureItems.map(({ slug }) => slug),
    )
    expect(await account.balance()).toMatchObject({ availableBalance: 450 })
    expect(await guest.subscription()).toMatchObject({ isFreePlan: true, status: 'active' })
    expect(await guest.balance()).toMatchObject({ availableBalance: 10 })
  })

  it('renews a moved plan for its new customer only', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('pro_monthly')
    await move(guest, account)
    backend.time.now = (await account.subscription()).currentBillingPeriodEnd
    expect(await account.balance()).toMatchObject({ availableBalance: 500 })
    expect(await payments(account)).toEqual(['paid', 'paid'])
    expect(await payments(guest)).toEqual([])
  })

  it('charges usage settled before the move and delivered after it to the moved credits', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('images_topup_50')
    const { id } = await guest.subscription()
    await move(guest, account)
    // Ten were left of the free plan that ended; usage beyond them had been sold against the top-up.
    await guest.use(13, { subscriptionId: id })
    expect(await account.balance()).toMatchObject({ availableBalance: 57 })
  })

  it('charges late usage of a moved plan to that plan', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('pro_monthly')
    const { id } = await guest.subscription()
    await move(guest, account)
    await guest.use(30, { subscriptionId: id })
    expect(await account.balance()).toMatchObject({ availableBalance: 470 })
  })

  it('refuses while both have a paid plan, and moves everything once one of them is cancelled', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('pro_monthly')
    await guest.use(1)
    await account.buy('pro_monthly')
    const refused = await move(guest, account)
    expect(refused).toMatchObject({ status: 409, body: { code: 'CONFLICT' } })
    expect(await guest.balance()).toMatchObject({ availableBalance: 499 })
    const { id, currentBillingPeriodEnd } = await guest.subscription()
    await backend.request('POST', `/subscriptions/${id}/cancel`, {
      cancellation: { timing: 'at_end_of_current_billing_period' },
    })
    expect((await move(guest, account)).status).toBe(200)
    expect(await account.balance()).toMatchObject({ availableBalance: 999 })
    backend.time.now = currentBillingPeriodEnd
    expect(await account.balance()).toMatchObject({ availableBalance: 500 })
  })

  it('credits a checkout that was open during the move to the new customer', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    const opened = await backend.request<{ checkoutSession: { id: string } }>(
      'POST',
      '/checkout-sessions',
      {
        checkoutSession: {
          type: 'product',
          customerExternalId: guest.externalId,
          priceSlug: 'images_topup_50',
          successUrl: 'http://localhost:3000/done',
          cancelUrl: 'http://localhost:3000/',
        },
      },
    )
    await move(guest, account)
    await backend.request('POST', `/checkout/${opened.body.checkoutSession.id}/pay`)
    expect(await account.balance()).toMatchObject({ availableBalance: 60 })
    expect(await guest.balance()).toMatchObject({ availableBalance: 10 })
  })

  it('refunds a moved top-up from its new customer', async () => {
    const [guest, account] = [await backend.customer(), await backend.customer()]
    await guest.buy('images_topup_50')
    await move(guest, account)
    const { customer } = await account.billing()
    const { body } = await backend.request<{ data: { id: string; customerId: string }[] }>(
      'GET',
      '/payments?limit=100',
    )
    const payment = body.data.find(({ customerId }) => customerId === customer.id)
    await backend.request('POST', `/payments/${payment?.id}/refund`, {})
    expect(await account.balance()).toMatchObject({ availableBalance: 10 })
  })

  it('refuses a target that does not exist, and the customer itself', async () => {
    const guest = await backend.customer()
    expect((await move(guest, { ...guest, externalId: 'nowhere' })).status).toBe(400)
    expect((await move(guest, guest)).status).toBe(400)
    expect((await move({ ...guest, externalId: 'nowhere' }, guest)).status).toBe(404)
  })
})

it('lists usage events by settlement, in pages that neither miss nor repeat one', async () => {
  const customer = await backend.customer()
  const { id: subscriptionId } = await customer.subscription()
  for (let index = 0; index < 7; index++) {
    await backend.request('POST', '/usage-events', {
      usageEvent: {
        subscriptionId,
        transactionId: `listed_${index}`,
        amount: index + 1,
        usageDate: 1_000 + Math.floor(index / 3),
        usageMeterSlug: index === 6 ? 'api_calls' : 'image_generations',
      },
    })
  }
  type Page = { data: { transactionId: string; usageMeterSlug: string }[]; nextCursor?: string }
  const list = (query: string) =>
    backend.request<Page>('GET', `/customers/${customer.externalId}/usage-events?${query}`)
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await list(`limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.data.map(({ transactionId }) => transactionId))
    cursor = body.nextCursor ?? ''
  } while (cursor !== '')
  expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `listed_${index}`))
  expect((await list('from=1001&until=1002')).body.data).toHaveLength(3)
  expect((await list('usageMeterSlug=api_calls')).body.data).toEqual([
    expect.objectContaining({ transactionId: 'listed_6', usageDate: 1_002, amount: 7 }),
  ])
  expect((await list('cursor=made_up')).status).toBe(400)
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
