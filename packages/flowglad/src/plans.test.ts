import { customerId } from '@tollgate/contract'
import { expect, it } from 'vitest'
import { status } from './fixtures/flowglad-stand-in.ts'
import { openBackend } from './fixtures/open-backend.ts'

const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
// The middle of the stand-in's billing period.
const clock = { now: () => new Date('2026-11-16T00:00:00.000Z') }
const pro = { priceId: 'price_pro', isFreePlan: false }

async function start(subscription: Record<string, unknown> = {}) {
  const test = await openBackend({ clock })
  test.flowglad.hosted.customers.add('user_ada')
  test.flowglad.hosted.subscription = subscription
  return test
}

it('lists the offers in pricing.yaml with what each plan grants', async () => {
  await using test = await start()
  const offers = await test.backend.readOffers()
  expect(offers.map((offer) => [offer.kind, offer.priceSlug, offer.interval])).toEqual([
    ['plan', 'free_monthly', 'month'],
    ['plan', 'pro_monthly', 'month'],
    ['topup', 'images_topup_50', null],
  ])
  expect(offers[1]).toMatchObject({
    unitPrice: 2000,
    currency: 'USD',
    isDefault: false,
    grants: [{ meter: 'image_generations', amount: 500, renews: true }],
    features: [{ slug: 'hd_images', name: 'HD images' }],
  })
  expect(offers[2]?.grants).toEqual([{ meter: 'image_generations', amount: 50, renews: false }])
})

it('opens a checkout that is bound to the customer, making it first if need be', async () => {
  await using test = await start()
  const missing = status(404, { error: 'Customer not found', code: 'NOT_FOUND' })
  let times = 0
  test.flowglad.break((response, request) => {
    if (request.path !== '/checkout-sessions') return false
    times += 1
    return times === 1 && missing(response, request)
  })
  const checkout = await test.backend.openCheckout({
    customer: ada,
    priceSlug: 'pro_monthly',
    successUrl: 'https://app.example/ok',
    cancelUrl: 'https://app.example/no',
  })
  expect(checkout).toEqual({ id: 'chk_1', url: 'https://pay.example/checkout/chk_1' })
  expect(test.flowglad.asked()).toEqual([
    'POST /checkout-sessions',
    'POST /customers',
    'POST /checkout-sessions',
  ])
  expect(test.flowglad.requests[2]?.body).toEqual({
    checkoutSession: {
      type: 'product',
      customerExternalId: 'user_ada',
      priceSlug: 'pro_monthly',
      quantity: 1,
      successUrl: 'https://app.example/ok',
      cancelUrl: 'https://app.example/no',
    },
  })
})

it('previews a first paid plan as a checkout', async () => {
  await using test = await start()
  expect(await test.backend.previewPlanChange(ada, 'pro_monthly')).toEqual({
    verb: 'upgrade',
    timing: 'checkout',
    dueNow: 2000,
    currency: 'USD',
    effectiveAt: '2026-11-16T00:00:00.000Z',
  })
  await expect(test.backend.changePlan(ada, 'pro_monthly')).rejects.toMatchObject({
    code: 'refused',
  })
})

it('previews the current plan as no change', async () => {
  await using test = await start(pro)
  expect(await test.backend.previewPlanChange(ada, 'pro_monthly')).toMatchObject({
    verb: 'current',
    dueNow: 0,
  })
  await test.backend.changePlan(ada, 'pro_monthly')
  expect(test.flowglad.asked().filter((line) => line.startsWith('POST'))).toEqual([])
})

it('prorates an upgrade locally when Flowglad has no preview', async () => {
  await using test = await start({ priceId: 'price_team', isFreePlan: false })
  expect(await test.backend.previewPlanChange(ada, 'pro_monthly')).toMatchObject({
    verb: 'downgrade',
    timing: 'period_end',
    dueNow: 0,
    effectiveAt: '2026-12-01T00:00:00.000Z',
  })
  test.flowglad.hosted.subscription = { priceId: 'price_cheap', isFreePlan: false }
  expect(await test.backend.previewPlanChange(ada, 'pro_monthly')).toMatchObject({
    verb: 'subscribe',
    timing: 'checkout',
  })
})

it('prefers the preview of a backend that has one', async () => {
  await using test = await start({ priceId: 'price_team', isFreePlan: false })
  const preview = { isUpgrade: true, resolvedTiming: 'immediately', prorationAmount: 321 }
  test.flowglad.break((response, request) =>
    request.path === '/subscriptions/sub_1/preview-adjust'
      ? status(200, { preview })(response, request)
      : false,
  )
  expect(await test.backend.previewPlanChange(ada, 'pro_monthly')).toMatchObject({
    verb: 'upgrade',
    timing: 'now',
    dueNow: 321,
  })
})

it('changes between paid plans and leaves amount and timing to Flowglad', async () => {
  await using test = await start({ priceId: 'price_team', isFreePlan: false })
  await test.backend.changePlan(ada, 'pro_monthly')
  const adjust = test.flowglad.requests.find(({ path }) => path.endsWith('/adjust'))
  expect(adjust?.body).toEqual({
    adjustment: {
      timing: 'auto',
      newSubscriptionItems: [{ priceSlug: 'pro_monthly', quantity: 1 }],
      prorateCurrentBillingPeriod: true,
    },
  })
})

it.each([
  { way: 'cancelling', act: 'cancelPlan' },
  { way: 'changing to the free plan', act: 'changePlan' },
] as const)('ends a plan with its period when $way', async ({ act }) => {
  await using test = await start(pro)
  await (act === 'cancelPlan'
    ? test.backend.cancelPlan(ada)
    : test.backend.changePlan(ada, 'free_monthly'))
  const cancel = test.flowglad.requests.find(({ path }) => path.endsWith('/cancel'))
  expect(cancel?.body).toEqual({
    cancellation: { timing: 'at_end_of_current_billing_period' },
  })
})

it('undoes a scheduled cancellation and a scheduled change', async () => {
  await using test = await start({ ...pro, status: 'cancellation_scheduled' })
  await test.backend.keepPlan(ada)
  expect(test.flowglad.asked()).toContain('POST /subscriptions/sub_1/uncancel')
  test.flowglad.hosted.subscription = { ...pro, scheduledAdjustmentAt: Date.UTC(2026, 11, 1) }
  await test.backend.keepPlan(ada)
  expect(test.flowglad.asked()).toContain('POST /subscriptions/sub_1/cancel-scheduled-adjustment')
})

it('refuses to change the subscription of another customer', async () => {
  await using test = await start({ ...pro, customerId: 'cust_another' })
  await expect(test.backend.cancelPlan(ada)).rejects.toMatchObject({ code: 'refused' })
  expect(test.flowglad.asked().filter((line) => line.startsWith('POST'))).toEqual([])
})

it('refuses a top-up as a plan', async () => {
  await using test = await start(pro)
  await expect(test.backend.previewPlanChange(ada, 'images_topup_50')).rejects.toMatchObject({
    code: 'refused',
  })
})
