import { customerId, ownsAnything } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { status } from './fixtures/flowglad-stand-in.ts'
import { openBackend } from './fixtures/open-backend.ts'

const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
const bob = { customerId: customerId('user_bob'), name: 'Bob', email: 'bob@example.com' }
const clock = { now: () => new Date('2026-11-16T00:00:00.000Z') }

const start = () => openBackend({ clock, selfHosted: true })

it('offers no move and no listing on the hosted service, which has no routes for them', async () => {
  await using test = await openBackend({})
  const { moveCustomer, listUsage, listCustomers } = test.backend
  expect({ moveCustomer, listUsage, listCustomers }).toEqual({})
})

describe('what a customer owns', () => {
  it('is nothing for one that was never seen, and asking makes no customer', async () => {
    await using test = await start()
    const holdings = await test.backend.customerHoldings(ada)
    expect(holdings).toEqual({
      payments: 0,
      lastingCredits: [],
      paidPlan: null,
      openCheckouts: 0,
    })
    expect(ownsAnything(holdings)).toBe(false)
    expect(test.flowglad.asked()).toEqual([
      'GET /customers/user_ada/billing',
      'GET /customers/user_ada/open-checkouts',
    ])
  })

  it('counts payments, credits that never expire and a paid plan', async () => {
    await using test = await start()
    test.flowglad.hosted.customers.add('user_ada')
    test.flowglad.hosted.invoices = [
      { invoice: { status: 'paid' } },
      { invoice: { status: 'refunded' } },
      { invoice: { status: 'open' } },
    ]
    test.flowglad.hosted.balances = [
      {
        id: 'usage_meter_images',
        slug: 'image_generations',
        availableBalance: 57,
        balanceLimit: 60,
        breakdown: [
          { source: 'plan', name: 'Plan', granted: 10, remaining: 7, expiresAt: 1_796_000_000_000 },
          { source: 'topup', name: 'Top-up', granted: 50, remaining: 50, expiresAt: null },
        ],
      },
    ]
    test.flowglad.hosted.openCheckouts = 2
    test.flowglad.hosted.subscription = {
      priceId: 'price_pro',
      isFreePlan: false,
      status: 'past_due',
    }
    const holdings = await test.backend.customerHoldings(ada)
    expect(holdings).toEqual({
      payments: 1,
      lastingCredits: [{ meter: 'image_generations', amount: 50 }],
      paidPlan: { planName: 'Pro', status: 'past_due', cancelsAt: null },
      openCheckouts: 2,
    })
    expect(ownsAnything(holdings)).toBe(true)
  })

  it('is something as long as one checkout can still be paid', async () => {
    await using test = await start()
    test.flowglad.hosted.customers.add('user_ada')
    test.flowglad.hosted.openCheckouts = 1
    const holdings = await test.backend.customerHoldings(ada)
    expect(ownsAnything(holdings)).toBe(true)
  })

  it('does not count what the free plan gives every customer once', async () => {
    await using test = await start()
    test.flowglad.hosted.customers.add('user_ada')
    test.flowglad.hosted.balances = [
      {
        id: 'usage_meter_images',
        slug: 'image_generations',
        availableBalance: 5,
        balanceLimit: 5,
        breakdown: [{ source: 'plan', name: 'Welcome', granted: 5, remaining: 5, expiresAt: null }],
      },
    ]
    expect(ownsAnything(await test.backend.customerHoldings(ada))).toBe(false)
  })
})

describe('moving a customer', () => {
  it('makes the target first, and treats a source that was never seen as one that owns nothing', async () => {
    await using test = await start()
    test.flowglad.break((response, request) =>
      request.path.endsWith('/move')
        ? status(404, { error: 'no customer', code: 'NOT_FOUND' })(response, request)
        : false,
    )
    await test.backend.moveCustomer?.(ada, bob, 'sign_in_1')
    expect(test.flowglad.asked()).toEqual(['POST /customers', 'POST /customers/user_ada/move'])
    expect(test.flowglad.requests[1]?.body).toEqual({
      move: { toExternalId: 'user_bob', idempotencyKey: 'sign_in_1' },
    })
  })

  it('passes a refusal on with its reason', async () => {
    await using test = await start()
    test.flowglad.break((response, request) =>
      request.path.endsWith('/move')
        ? status(409, { error: 'Both have a paid plan', code: 'CONFLICT' })(response, request)
        : false,
    )
    await expect(test.backend.moveCustomer?.(ada, bob, 'sign_in_1')).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Both have a paid plan'),
    })
  })
})

it('lists usage events page by page', async () => {
  await using test = await start()
  const data = [
    {
      transactionId: 'tx_1',
      usageMeterSlug: 'api_calls',
      amount: 3,
      usageDate: 7,
      properties: { operationId: 'op_1' },
    },
    { transactionId: 'tx_2', usageMeterSlug: 'retired_meter', amount: 1, usageDate: 8 },
  ]
  test.flowglad.break((response, request) =>
    request.path.includes('/usage-events')
      ? status(200, { data, nextCursor: 'next' })(response, request)
      : false,
  )
  expect(
    await test.backend.listUsage?.({ customerId: ada.customerId, meter: 'api_calls', from: 5 }),
  ).toEqual({
    events: [
      { transactionId: 'tx_1', meter: 'api_calls', amount: 3, at: 7, operationId: 'op_1' },
      { transactionId: 'tx_2', meter: null, amount: 1, at: 8, operationId: null },
    ],
    nextCursor: 'next',
  })
  const { pathname, searchParams } = new URL(test.flowglad.requests[0]?.path ?? '', 'http://x')
  expect(pathname).toBe('/customers/user_ada/usage-events')
  expect(Object.fromEntries(searchParams)).toEqual({ usageMeterSlug: 'api_calls', from: '5' })
})

it('lists customers page by page, without archived ones and invalid ids', async () => {
  await using test = await start()
  const data = [
    { externalId: 'user_ada', archived: false },
    { externalId: 'user_gone', archived: true },
    { externalId: 'made by hand', archived: false },
  ]
  test.flowglad.break((response, request) =>
    request.path.startsWith('/customers?')
      ? status(200, { data, nextCursor: 'next' })(response, request)
      : false,
  )
  expect(await test.backend.listCustomers?.('here')).toEqual({
    customerIds: ['user_ada'],
    nextCursor: 'next',
  })
  const { searchParams } = new URL(test.flowglad.requests[0]?.path ?? '', 'http://x')
  expect(Object.fromEntries(searchParams)).toEqual({ cursor: 'here', limit: '100' })
})
