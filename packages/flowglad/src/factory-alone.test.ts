import { credits, customerId, transactionId, type UsageDelivery } from '@tollgate/contract'
import { describe, expect, it, vi } from 'vitest'
import type { FlowgladPolicy } from './policy.ts'
import { hang, status } from './fixtures/flowglad-stand-in.ts'
import { openBackend } from './fixtures/open-backend.ts'

const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
// The middle of the stand-in's billing period.
const clock = { now: () => new Date('2026-11-16T00:00:00.000Z') }
const team = { priceId: 'price_team', isFreePlan: false }
/** Skips the pauses between the SDK's own attempts. */
const once = { 'x-should-retry': 'false' }

async function start(
  options: { policy?: Partial<FlowgladPolicy>; subscription?: Record<string, unknown> } = {},
) {
  const test = await openBackend({ withApi: false, clock, policy: options.policy ?? {} })
  test.flowglad.hosted.subscription = options.subscription ?? {}
  return test
}

function delivery(id: string): UsageDelivery {
  return {
    transactionId: transactionId(id),
    customerId: ada.customerId,
    subscriptionId: 'sub_1',
    meter: 'image_generations',
    amount: credits(3),
    occurredAt: Date.UTC(2026, 10, 16),
    operationId: `op_${id}`,
  }
}

describe('a customer, through the factory alone', () => {
  it('is made on first sight with the details of the call, and read in two requests ever after', async () => {
    await using test = await start()
    await test.backend.readCustomer(ada)
    expect(test.flowglad.asked()).toEqual([
      'GET /customers/user_ada',
      'POST /customers',
      'GET /customers/user_ada/billing',
    ])
    expect(test.flowglad.requests[1]?.body).toEqual({
      customer: { externalId: 'user_ada', name: 'Ada', email: 'ada@example.com' },
    })
    await test.backend.readCustomer(ada)
    expect(test.flowglad.asked().slice(3)).toEqual([
      'GET /customers/user_ada',
      'GET /customers/user_ada/billing',
    ])
  })

  it.each([
    { code: 409, body: { error: 'taken', code: 'CONFLICT' } },
    { code: 500, body: { error: 'taken', code: 'INTERNAL_SERVER_ERROR' } },
  ])('is asked for again when another first sight was faster: $code', async ({ code, body }) => {
    await using test = await start()
    test.flowglad.break((response, request) => {
      if (request.path !== '/customers') return false
      test.flowglad.hosted.answer(request)
      return status(code, body, once)(response, request)
    })
    expect((await test.backend.readCustomer(ada)).subscription?.id).toBe('sub_1')
  })

  it('is made anew when its predecessor under the same id was archived', async () => {
    await using test = await start()
    await test.backend.readCustomer(ada)
    test.flowglad.hosted.archived.add('user_ada')
    expect((await test.backend.readCustomer(ada)).subscription?.id).toBe('sub_1')
    expect(test.flowglad.asked().filter((line) => line === 'POST /customers')).toHaveLength(2)
  })

  it('owns nothing when it was never seen, and asking makes no customer', async () => {
    await using test = await start()
    expect(await test.backend.customerHoldings(ada)).toMatchObject({ payments: 0, paidPlan: null })
    expect(test.flowglad.asked()).toEqual(['GET /customers/user_ada'])
  })

  it('is waited for no longer than the deadline', async () => {
    await using test = await start({ policy: { deadlineMs: 1000 } })
    test.flowglad.break(hang)
    await expect(test.backend.readCustomer(ada)).rejects.toMatchObject({
      name: 'BillingBackendError',
      code: 'unreachable',
    })
  })
})

describe('usage, through the factory alone', () => {
  it('is sent one event at a time, and names its meter after one look at the billing', async () => {
    await using test = await start()
    test.flowglad.hosted.customers.add('user_ada')
    const receipts = await test.backend.deliverUsage(['a', 'b', 'c'].map(delivery))
    expect(receipts).toMatchObject(
      ['a', 'b', 'c'].map((id) => ({
        transactionId: id,
        outcome: 'recorded',
        amount: 3,
        meter: 'image_generations',
      })),
    )
    expect(test.flowglad.asked()).toEqual([
      'POST /usage-events',
      'POST /usage-events',
      'POST /usage-events',
      'GET /customers/user_ada',
      'GET /customers/user_ada',
      'GET /customers/user_ada/billing',
    ])
    await test.backend.deliverUsage([delivery('d')])
    expect(test.flowglad.asked().slice(6)).toEqual(['POST /usage-events'])
  })

  it('makes no customer, even where Flowglad does not know the one it is for', async () => {
    await using test = await start()
    expect(await test.backend.deliverUsage([delivery('a')])).toMatchObject([
      { outcome: 'recorded', meter: null },
    ])
    expect(test.flowglad.asked()).toEqual(['POST /usage-events', 'GET /customers/user_ada'])
  })

  it('is recorded once when it is sent again', async () => {
    await using test = await start()
    test.flowglad.hosted.customers.add('user_ada')
    const [first] = await test.backend.deliverUsage([delivery('a')])
    expect(await test.backend.deliverUsage([delivery('a')])).toEqual([first])
    expect(test.flowglad.hosted.events).toHaveLength(1)
  })

  it('fails alone when it is bad', async () => {
    await using test = await start()
    test.flowglad.hosted.customers.add('user_ada')
    const refusal = status(404, { error: 'unknown subscription', code: 'NOT_FOUND' })
    test.flowglad.break((response, request) =>
      JSON.stringify(request.body ?? '').includes('"bad"') ? refusal(response, request) : false,
    )
    const receipts = await test.backend.deliverUsage(['a', 'bad', 'c'].map(delivery))
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['recorded', 'refused', 'recorded'])
  })

  it('is held back once Flowglad asks to wait', async () => {
    await using test = await start({ policy: { parallelSingles: 1 } })
    const slowDown = { error: 'slow down', code: 'TOO_MANY_REQUESTS' }
    test.flowglad.break(status(429, slowDown, { ...once, 'retry-after': '7' }))
    expect(await test.backend.deliverUsage([delivery('a'), delivery('b')])).toMatchObject([
      { outcome: 'unavailable', retryAfterMs: 7000 },
      { outcome: 'unavailable', retryAfterMs: 7000 },
    ])
    expect(test.flowglad.requests).toHaveLength(1)
  })
})

describe('plans, through the factory alone', () => {
  it('are those of the last billing that was read, and unknown before', async () => {
    await using test = await start()
    await expect(test.backend.readOffers()).rejects.toMatchObject({ code: 'unreachable' })
    expect(test.flowglad.asked()).toEqual([])
    await test.backend.readCustomer(ada)
    const asked = test.flowglad.requests.length
    const offers = await test.backend.readOffers()
    expect(offers.map(({ priceSlug }) => priceSlug)).toContain('pro_monthly')
    expect(test.flowglad.requests).toHaveLength(asked)
  })

  it('are bought at a checkout, for which the customer is made if need be', async () => {
    await using test = await start()
    let times = 0
    test.flowglad.break((response, request) => {
      if (request.path !== '/checkout-sessions') return false
      times += 1
      const missing = status(404, { error: 'Customer not found', code: 'NOT_FOUND' })
      return times === 1 && missing(response, request)
    })
    const urls = { successUrl: 'https://app.example/ok', cancelUrl: 'https://app.example/no' }
    const order = { customer: ada, priceSlug: 'pro_monthly', ...urls }
    expect(await test.backend.openCheckout(order)).toMatchObject({ id: 'chk_1' })
    expect(test.flowglad.asked()).toEqual([
      'POST /checkout-sessions',
      'POST /customers',
      'POST /checkout-sessions',
    ])
    expect(test.flowglad.requests[2]?.body).toMatchObject({
      checkoutSession: {
        type: 'product',
        customerExternalId: 'user_ada',
        priceSlug: 'pro_monthly',
      },
    })
  })

  it('are previewed by our own sum', async () => {
    await using test = await start({ subscription: team })
    const preview = await test.backend.previewPlanChange(ada, 'pro_monthly')
    expect(preview).toMatchObject({ verb: 'downgrade', timing: 'period_end', dueNow: 0 })
    expect(test.flowglad.asked().filter((line) => line.includes('preview'))).toEqual([])
  })

  it('cannot be kept where a cheaper one is scheduled, and the reason is given before anything is sent', async () => {
    const scheduledAdjustmentAt = Date.UTC(2026, 11, 1)
    await using test = await start({ subscription: { ...team, scheduledAdjustmentAt } })
    await expect(test.backend.keepPlan(ada)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Give flowgladBackend() an `api`'),
    })
    expect(test.flowglad.asked().filter((line) => line.includes('/subscriptions/'))).toEqual([])
  })

  it('change one at a time: one that is still under way after its deadline is not overtaken', async () => {
    await using test = await start({ subscription: team, policy: { changeDeadlineMs: 1000 } })
    test.flowglad.hosted.customers.add('user_ada')
    let answer = () => {}
    test.flowglad.break((response, request) => {
      if (!request.path.endsWith('/adjust')) return false
      answer = () => void status(200, { subscription: {} })(response, request)
      return true
    })
    const change = () => test.backend.changePlan(ada, 'pro_monthly')
    await expect(change()).rejects.toMatchObject({ code: 'unreachable' })
    await expect(change()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('still under way'),
    })
    const adjusts = () => test.flowglad.asked().filter((line) => line.endsWith('/adjust'))
    await vi.waitFor(() => expect(adjusts()).toHaveLength(1), { timeout: 15_000 })
    test.flowglad.restore()
    answer()
    await vi.waitFor(change, { timeout: 15_000, interval: 100 })
  })
})
