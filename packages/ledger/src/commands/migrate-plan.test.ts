import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { loadPricing, type PricingFile } from '@tollgate/contract/pricing'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'
import type { MigratedSubscription } from '../core/schemas/operator.ts'

type Feature = PricingFile['features'][number]
type Migrated = { data: MigratedSubscription[]; examined: number; nextCursor: string | null }

const sold = loadPricing(PRICING_PATH)
let backend: TestBackend

beforeEach(async () => {
  backend = await openTestBackend()
})
afterEach(async () => {
  const violations = await checkInvariants(backend.database)
  await backend.close()
  if (violations.length > 0) throw new Error(JSON.stringify(violations))
})

type GivenGrant = { renewalFrequency?: 'once' | 'every_billing_period'; usageMeterSlug?: string }

const grant = (slug: string, amount: number, given: GivenGrant = {}): Feature => ({
  type: 'usage_credit_grant',
  slug,
  name: slug,
  description: '',
  active: true,
  amount,
  renewalFrequency: 'every_billing_period',
  usageMeterSlug: 'ai_tokens',
  ...given,
})

/** Adds features to a plan, replacing those with the same slug. */
async function sell(plan: 'free' | 'pro', ...more: Feature[]) {
  const slugs = more.map(({ slug }) => slug)
  const { status } = await backend.request('POST', '/pricing-models/setup', {
    ...sold,
    features: [...sold.features.filter(({ slug }) => !slugs.includes(slug)), ...more],
    products: sold.products.map((one) =>
      one.product.slug === plan
        ? { ...one, features: [...new Set([...one.features, ...slugs])] }
        : one,
    ),
  })
  expect(status).toBe(200)
}

async function migrate(productSlug: string, options: object = {}): Promise<Migrated> {
  const migration = { productSlug, apply: true, ...options }
  const { status, body } = await backend.request<Migrated>('POST', '/plan-migrations', {
    migration,
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

async function available(customer: TestCustomer, meter: string) {
  return (await customer.balance(meter)).availableBalance
}

async function nextPeriod(customer: TestCustomer) {
  backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
}

describe('migrating a plan', () => {
  it('previews what existing customers would gain and changes nothing', async () => {
    const customer = await backend.customer()
    await sell(
      'free',
      grant('more_tokens', 700),
      grant('free_images', 25, { usageMeterSlug: 'image_generations' }),
    )
    const before = await customer.billing()
    const dry = await migrate('free', { apply: undefined })
    expect(dry).toMatchObject({ examined: 1, nextCursor: null })
    expect(dry.data).toMatchObject([
      {
        customerExternalId: customer.externalId,
        outcome: 'would_change',
        gains: [
          { featureSlug: 'free_images', amountBefore: 10, amountAfter: 25 },
          { featureSlug: 'more_tokens', amountBefore: null, amountAfter: 700 },
        ],
      },
    ])
    expect((await customer.billing()).subscriptions).toEqual(before.subscriptions)
  })

  it('gives a new grant now and in every period, once however often it runs', async () => {
    const customer = await backend.customer()
    await customer.use(1_000, { meter: 'ai_tokens' })
    await sell('free', grant('more_tokens', 700))
    const [first, second] = await Promise.all([migrate('free'), migrate('free')])
    expect([...first.data, ...second.data]).toMatchObject([{ outcome: 'changed' }])
    expect((await migrate('free')).data).toEqual([])
    expect(await available(customer, 'ai_tokens')).toBe(4_700)
    await nextPeriod(customer)
    expect(await available(customer, 'ai_tokens')).toBe(5_700)
  })

  it('raises an amount from the next period on, and never lowers one', async () => {
    const customer = await backend.customer()
    await sell('free', grant('free_images', 25, { usageMeterSlug: 'image_generations' }))
    await migrate('free')
    expect(await available(customer, 'image_generations')).toBe(10)
    await nextPeriod(customer)
    expect(await available(customer, 'image_generations')).toBe(25)
    await sell('free', grant('free_images', 4, { usageMeterSlug: 'image_generations' }))
    expect((await migrate('free')).data).toEqual([])
    await nextPeriod(customer)
    expect(await available(customer, 'image_generations')).toBe(25)
  })

  it('switches a feature on, and a limit off', async () => {
    const customer = await backend.customer()
    await sell('free', {
      type: 'toggle',
      slug: 'unlimited_ai_tokens',
      name: 'Unlimited tokens',
      description: '',
      active: true,
    })
    expect((await migrate('free')).data[0]?.gains).toMatchObject([{ amountAfter: null }])
    expect(await customer.balance('ai_tokens')).toMatchObject({ unlimited: true })
  })

  it('gives a once-per-customer grant once, and does not raise it', async () => {
    const customer = await backend.customer()
    await sell('free', grant('welcome', 300, { renewalFrequency: 'once' }))
    await migrate('free')
    await sell('free', grant('welcome', 900, { renewalFrequency: 'once' }))
    expect((await migrate('free')).data).toEqual([])
    await nextPeriod(customer)
    expect(await available(customer, 'ai_tokens')).toBe(5_300)
  })

  it('skips an unpaid period until it is paid', async () => {
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await backend.request('POST', '/dev/faults', { failingPayments: 1 })
    await nextPeriod(customer)
    await sell('pro', grant('more_tokens', 700))
    expect((await migrate('pro')).data).toMatchObject([{ outcome: 'unpaid' }])
    const { id } = await customer.subscription()
    const { body } = await backend.request<{ checkoutSession: { id: string } }>(
      'POST',
      '/checkout-sessions',
      {
        checkoutSession: {
          type: 'activate_subscription',
          customerExternalId: customer.externalId,
          targetSubscriptionId: id,
          successUrl: 'http://localhost:3000/',
          cancelUrl: 'http://localhost:3000/',
        },
      },
    )
    await backend.request('POST', `/checkout/${body.checkoutSession.id}/pay`)
    expect(await available(customer, 'ai_tokens')).toBe(500_000)
    expect((await migrate('pro')).data).toMatchObject([{ outcome: 'changed' }])
    expect(await available(customer, 'ai_tokens')).toBe(500_700)
  })

  it('touches no other plan and no manually added feature', async () => {
    const free = await backend.customer()
    const customer = await backend.customer()
    await customer.buy('pro_monthly')
    await sell('pro', grant('more_tokens', 700))
    // Earlier versions could add a feature to one subscription.
    await backend.database.query({
      text: `insert into subscription_feature
               (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, type, amount,
                usage_meter_id, renewal_frequency, manually_created, created_at, updated_at)
             select item.organization_id, item.customer_id, item.subscription_id, item.id, 'manual', feature.id,
                    feature.type, feature.amount, feature.usage_meter_id, feature.renewal_frequency, true, 0, 0
             from subscription_item item
             join feature on feature.organization_id = item.organization_id and feature.slug = 'more_tokens'
             where item.subscription_id = $1`,
      values: [(await customer.subscription()).id],
    })
    await migrate('pro')
    expect(await available(customer, 'ai_tokens')).toBe(500_700)
    expect(await available(free, 'ai_tokens')).toBe(5_000)
    expect((await migrate('free')).data).toEqual([])
    await nextPeriod(customer)
    expect(await available(customer, 'ai_tokens')).toBe(501_400)
  })

  it('migrates many subscriptions page by page', async () => {
    for (let made = 0; made < 5; made++) await backend.customer()
    await sell('free', grant('more_tokens', 700))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await migrate('free', { cursor, limit: 2 })
      seen.push(...page.data.map(({ subscriptionId }) => subscriptionId))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  it('refuses an unknown plan with the nearest slug', async () => {
    const { status, body } = await backend.request<{ error: string }>('POST', '/plan-migrations', {
      migration: { productSlug: 'fre' },
    })
    expect({ status, error: body.error }).toEqual({
      status: 404,
      error: 'There is no product "fre". Did you mean "free"?',
    })
  })
})

const step = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  migrates: fc.integer({ min: 0, max: 2 }),
  used: fc.integer({ min: 0, max: 8 }),
})

it('never revokes credits and never grants a period twice, for any change of the plan', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      await sell('free')
      const customer = await backend.customer()
      let agreed = 10
      for (const { amount, migrates, used } of steps) {
        await sell('free', grant('free_images', amount, { usageMeterSlug: 'image_generations' }))
        const before = await available(customer, 'image_generations')
        for (let run = 0; run < migrates; run++) await migrate('free', { limit: 100 })
        if (migrates > 0) agreed = Math.max(agreed, amount)
        expect(await available(customer, 'image_generations')).toBe(before)
        if (used > 0) await customer.use(Math.min(used, before))
        await nextPeriod(customer)
        expect(await available(customer, 'image_generations')).toBe(agreed)
      }
    }),
    { numRuns: 12 },
  )
}, 180_000)
