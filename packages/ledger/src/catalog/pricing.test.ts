import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, present, type TestBackend } from '../testing/test-backend.ts'
import type { PricingModel } from '../core/pricing-model.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

type Model = { pricingModel: PricingModel }
type File = {
  name: string
  features: { slug: string; amount?: number }[]
  products: { product: { slug: string } }[]
}

const sold = async () =>
  (await backend.request<Model>('GET', '/pricing-models/default')).body.pricingModel
const exported = async () => {
  const { id } = await sold()
  return (await backend.request<File>('GET', `/pricing-models/${id}/export`)).body
}
const setUp = (file: unknown) =>
  backend.request<Model & { error: string }>('POST', '/pricing-models/setup', file)

describe('applying a pricing file', () => {
  it('changes nothing the second time, not even a timestamp', async () => {
    const before = await sold()
    backend.time.now += 1_000
    const { body } = await setUp(await exported())
    expect(body.pricingModel.products.map(({ id }) => id)).toEqual(
      before.products.map(({ id }) => id),
    )
    backend.time.now += 1_000
    expect((await setUp(await exported())).body.pricingModel).toEqual(body.pricingModel)
  })

  it('gives a changed amount to new customers; existing ones keep what they agreed to', async () => {
    const old = await backend.customer()
    const file = await exported()
    const features = file.features.map((feature) =>
      feature.slug === 'free_images' ? { ...feature, amount: 25 } : feature,
    )
    await setUp({ ...file, features })
    expect(await (await backend.customer()).balance()).toMatchObject({ availableBalance: 25 })
    backend.time.now = (await old.subscription()).currentBillingPeriodEnd
    expect(await old.balance()).toMatchObject({ availableBalance: 10 })
    await setUp(file)
  })

  it('takes a product off sale that the file leaves out', async () => {
    const file = await exported()
    const products = file.products.filter(({ product }) => product.slug !== 'tokens_topup')
    await setUp({ ...file, products })
    const customer = await backend.customer()
    expect((await customer.buy('tokens_topup_100k')).status).toBe(400)
    await setUp(file)
    expect((await customer.buy('tokens_topup_100k')).status).toBe(303)
  })

  it('refuses a mistyped slug with line, column and the nearest slug', async () => {
    const file = await exported()
    const features = file.features.map((feature) =>
      feature.slug === 'free_images' ? { ...feature, usageMeterSlug: 'image_generation' } : feature,
    )
    const { status, body } = await setUp({ ...file, features })
    expect(status).toBe(400)
    expect(body.error).toMatch(/^body:\d+:\d+ .*Did you mean "image_generations"\?/)
  })

  it('accepts the older format', async () => {
    const other = await backend.tenant('legacy')
    const { status, body } = await other.request<Model>('POST', '/pricing-models/setup', {
      name: 'Legacy',
      isDefault: false,
      usageMeters: [{ slug: 'fast', name: 'Fast', aggregationType: 'sum' }],
      products: [
        {
          product: { name: 'Fast usage', slug: 'fast_usage' },
          price: {
            type: 'usage',
            slug: 'fast_overage',
            unitPrice: 5,
            usageEventsPerUnit: 1,
            usageMeterSlug: 'fast',
          },
        },
      ],
    })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(present(body.pricingModel.usageMeters[0]).defaultPrice).toMatchObject({
      slug: 'fast_overage',
      unitPrice: 5,
    })
    expect(body.pricingModel.defaultProduct).toMatchObject({ slug: 'free', name: 'Free Plan' })
  })
})

it('copies a pricing model under another name, once', async () => {
  const original = await sold()
  const { body } = await backend.request<Model>('POST', `/pricing-models/${original.id}/clone`, {
    name: 'Copy',
  })
  expect(body.pricingModel.products.map(({ slug }) => slug)).toEqual(
    original.products.map(({ slug }) => slug),
  )
  const again = await backend.request('POST', `/pricing-models/${original.id}/clone`, {
    name: 'Copy',
  })
  expect(again.status).toBe(409)
  expect(again.headers.get('x-should-retry')).toBe('false')
})

it('keeps the price customers agreed to when a product gets another one', async () => {
  const customer = await backend.customer()
  await customer.buy('pro_monthly')
  const pro = present((await sold()).products.find(({ slug }) => slug === 'pro'))
  await backend.request('PUT', `/products/${pro.id}`, {
    product: { name: 'Pro' },
    price: {
      type: 'subscription',
      slug: 'pro_monthly',
      unitPrice: 2_500,
      intervalUnit: 'month',
      intervalCount: 1,
    },
  })
  const changed = present((await sold()).products.find(({ slug }) => slug === 'pro'))
  expect(changed.defaultPrice).toMatchObject({
    slug: 'pro_monthly',
    unitPrice: 2_500,
    active: true,
  })
  expect((await customer.subscription()).subscriptionItems).toMatchObject([{ unitPrice: 2_000 }])
})
