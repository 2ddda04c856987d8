import { customerId } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { expect, it } from 'vitest'
import { status } from './fixtures/flowglad-stand-in.ts'
import { openBackend } from './fixtures/open-backend.ts'

const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
const clock = { now: () => new Date('2026-11-16T00:00:00.000Z') }

const start = () => openBackend({ clock })

it('creates a customer on first sight and reads it in one request from then on', async () => {
  await using test = await start()
  await test.backend.readCustomer(ada)
  expect(test.flowglad.asked()).toEqual([
    'GET /customers/user_ada/billing',
    'POST /customers',
    'GET /customers/user_ada/billing',
  ])
  expect(test.flowglad.requests[1]?.body).toEqual({
    customer: { externalId: 'user_ada', name: 'Ada', email: 'ada@example.com' },
  })
  await test.backend.readCustomer(ada)
  expect(test.flowglad.requests).toHaveLength(4)
  expect(test.flowglad.requests[3]?.authorization).toBe('sk_test')
})

it('reads the plan, its features and its next renewal', async () => {
  await using test = await start()
  test.flowglad.hosted.subscription = {
    priceId: 'price_pro',
    isFreePlan: false,
    status: 'cancellation_scheduled',
    cancelScheduledAt: Date.UTC(2026, 11, 1),
  }
  test.flowglad.hosted.featureItems = [
    { type: 'toggle', slug: 'hd_images', name: 'HD images' },
    { type: 'toggle', slug: 'hd_images', name: 'HD images' },
    { type: 'toggle', slug: 'unlimited_api_calls', name: 'gone', expiredAt: Date.UTC(2026, 10, 2) },
    { type: 'toggle', slug: 'of_another', name: 'unknown here' },
  ]
  const billing = await test.backend.readCustomer(ada)
  expect(billing.subscription).toEqual({
    id: 'sub_1',
    status: 'cancellation_scheduled',
    planSlug: 'pro',
    planName: 'Pro',
    priceSlug: 'pro_monthly',
    isFree: false,
    periodStart: '2026-11-01T00:00:00.000Z',
    periodEnd: '2026-12-01T00:00:00.000Z',
    cancelsAt: '2026-12-01T00:00:00.000Z',
    scheduledChangeAt: null,
  })
  expect(billing.features).toEqual(['hd_images'])
})

it('reads no credits for a meter that Flowglad does not list', async () => {
  await using test = await start()
  const { meters } = await test.backend.readCustomer(ada)
  expect(meters).toEqual(
    Object.keys(catalog.meters).map((meter) => ({
      meter,
      available: 0,
      granted: 0,
      breakdown: [],
    })),
  )
})

it('prefers the exact breakdown of a backend that sends one', async () => {
  await using test = await start()
  test.flowglad.hosted.balances = [
    {
      id: 'usage_meter_images',
      slug: 'image_generations',
      availableBalance: 7,
      balanceLimit: 60,
      usedBalance: 53,
      breakdown: [
        {
          source: 'topup',
          name: '50 images',
          granted: 50,
          remaining: 7,
          expiresAt: Date.UTC(2027, 0, 1),
        },
      ],
    },
  ]
  const { meters } = await test.backend.readCustomer(ada)
  expect(meters).toContainEqual({
    meter: 'image_generations',
    available: 7,
    granted: 60,
    breakdown: [
      {
        source: 'topup',
        name: '50 images',
        granted: 50,
        remaining: 7,
        expiresAt: '2027-01-01T00:00:00.000Z',
      },
    ],
  })
})

const grants = [
  { slug: 'topup', name: '50 images', amount: 50, renewalFrequency: 'once' },
  { slug: 'plan', name: '10 images', amount: 10, renewalFrequency: 'every_billing_period' },
].map((grant) => ({ type: 'usage_credit_grant', usageMeterId: 'usage_meter_images', ...grant }))

it.each([
  { available: 60, granted: 60, left: [10, 50] },
  { available: 53, granted: 60, left: [3, 50] },
  { available: 45, granted: 60, left: [0, 45] },
  { available: -5, granted: 60, left: [0, 0] },
  { available: 65, granted: 65, left: [10, 50, 5] },
])(
  'derives $granted granted from the grants when only $available left is sent',
  async ({ available, granted, left }) => {
    await using test = await start()
    test.flowglad.hosted.featureItems = grants
    test.flowglad.hosted.balances = [
      { id: 'usage_meter_images', slug: 'image_generations', availableBalance: available },
    ]
    const { meters } = await test.backend.readCustomer(ada)
    const images = meters.find(({ meter }) => meter === 'image_generations')
    expect(images).toMatchObject({ available, granted })
    expect(images?.breakdown.map(({ remaining }) => remaining)).toEqual(left)
    expect(images?.breakdown[0]?.expiresAt).toBe('2026-12-01T00:00:00.000Z')
    expect(images?.breakdown[1]?.expiresAt).toBeNull()
  },
)

it('creates a customer whose name no backend would store unchanged', async () => {
  await using test = await start()
  const name = `${'x'.repeat(499)}\u{1F600}\0\uD800`
  await test.backend.readCustomer({ ...ada, name })
  expect(test.flowglad.requests[1]?.body).toEqual({
    customer: { externalId: 'user_ada', name: 'x'.repeat(499), email: 'ada@example.com' },
  })
})

it('reads no unlimited meter from a plan that is past due', async () => {
  await using test = await start()
  test.flowglad.hosted.subscription = { status: 'past_due', priceId: 'price_pro' }
  test.flowglad.hosted.featureItems = [
    { type: 'toggle', slug: 'hd_images', name: 'HD images' },
    { type: 'toggle', slug: 'unlimited_api_calls', name: 'Unlimited' },
  ]
  expect((await test.backend.readCustomer(ada)).features).toEqual(['hd_images'])
})

it('creates a new customer when the one with its id was archived', async () => {
  await using test = await start()
  await test.backend.readCustomer(ada)
  test.flowglad.hosted.archived.add('user_ada')
  expect((await test.backend.readCustomer(ada)).subscription?.id).toBe('sub_1')
  expect(test.flowglad.asked().slice(3)).toEqual([
    'GET /customers/user_ada/billing',
    'POST /customers',
    'GET /customers/user_ada/billing',
  ])
})

it('refuses the balance of a customer that stays archived, and says what to do', async () => {
  await using test = await start()
  await test.backend.readCustomer(ada)
  test.flowglad.hosted.archived.add('user_ada')
  test.flowglad.break((response, request) => {
    const isCreation = request.path === '/customers'
    return isCreation && status(409, { error: 'taken', code: 'CONFLICT' })(response, request)
  })
  await expect(test.backend.readCustomer(ada)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('user_ada is archived at Flowglad'),
  })
})
