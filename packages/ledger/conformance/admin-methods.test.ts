import { randomUUID } from 'node:crypto'
import { FlowgladServerAdmin } from '@flowglad/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

let backend: Backend

beforeAll(async () => {
  const pricingPath = new URL('plans.yaml', import.meta.url).pathname
  backend = await startBackend({ pricingPath })
})
afterAll(() => backend.close())

async function freeCustomer() {
  const { externalId, flowglad } = backend.as()
  const { currentSubscription } = await flowglad.getBilling()
  return { externalId, subscriptionId: currentSubscription?.id ?? '' }
}

/** One check per method of `FlowgladServerAdmin`. */
const ADMIN: Record<string, () => Promise<void>> = {
  createCustomer: async () => {
    const customer = { externalId: randomUUID(), name: 'Grace', email: 'grace@example.com' }
    expect((await backend.admin.createCustomer({ customer })).data.customer).toMatchObject(customer)
  },
  getCustomer: async () => {
    const { externalId } = await freeCustomer()
    expect((await backend.admin.getCustomer(externalId)).customer).toMatchObject({ externalId })
  },
  getCustomerBilling: async () => {
    const { externalId } = await freeCustomer()
    expect((await backend.admin.getCustomerBilling(externalId)).subscriptions).toHaveLength(1)
  },
  updateCustomer: async () => {
    const { externalId } = await freeCustomer()
    const customer = { id: 'ignored', domain: 'example.com' }
    expect((await backend.admin.updateCustomer(externalId, { customer })).customer).toMatchObject({
      domain: 'example.com',
    })
  },
  getPricingModel: async () => {
    const { pricingModel } = await backend.admin.getDefaultPricingModel()
    expect((await backend.admin.getPricingModel(pricingModel.id)).pricingModel).toEqual(
      pricingModel,
    )
  },
  getDefaultPricingModel: async () => {
    expect((await backend.admin.getDefaultPricingModel()).pricingModel).toMatchObject({
      isDefault: true,
    })
  },
  createProduct: async () => {
    const { pricingModel } = await backend.admin.getDefaultPricingModel()
    const { product } = await backend.admin.createProduct({
      product: {
        name: 'Extra',
        slug: `extra_${Date.now()}`,
        pricingModelId: pricingModel.id,
        active: true,
      },
      price: { type: 'single_payment', unitPrice: 700, isDefault: true },
    })
    expect(product).toMatchObject({ name: 'Extra', active: true })
    const { pricingModel: after } = await backend.admin.getDefaultPricingModel()
    expect(after.products.find(({ id }) => id === product.id)?.prices).toMatchObject([
      { unitPrice: 700 },
    ])
    await backend.admin.updateProduct(product.id, {
      product: { id: product.id, name: 'Extra', active: false },
    })
  },
  updateProduct: async () => {
    const { pricingModel } = await backend.admin.getDefaultPricingModel()
    const id = pricingModel.products.find(({ slug }) => slug === 'more')?.id ?? ''
    const product = { id, name: 'More images', active: true, description: 'For busy days' }
    expect((await backend.admin.updateProduct(id, { product })).product).toMatchObject({
      description: 'For busy days',
    })
  },
  clonePricingModel: async () => {
    const { pricingModel } = await backend.admin.getDefaultPricingModel()
    const { pricingModel: copy } = await backend.admin.clonePricingModel(pricingModel.id, {
      name: randomUUID(),
    })
    expect(copy.id).not.toBe(pricingModel.id)
    expect(copy.isDefault).toBe(false)
    expect((await backend.admin.getPricingModel(copy.id)).pricingModel.usageMeters).toHaveLength(
      pricingModel.usageMeters.length,
    )
  },
  getUsageMeter: async () => {
    const { pricingModel } = await backend.admin.getDefaultPricingModel()
    const id = pricingModel.usageMeters[0]?.id ?? ''
    expect((await backend.admin.getUsageMeter(id)).usageMeter).toMatchObject({ id, slug: 'images' })
  },
  updateUsageMeter: async () => {
    const { pricingModel } = await backend.admin.getDefaultPricingModel()
    const id = pricingModel.usageMeters[0]?.id ?? ''
    const { usageMeter } = await backend.admin.updateUsageMeter(id, {
      usageMeter: { id, name: 'Pictures' },
    })
    expect(usageMeter).toMatchObject({ name: 'Pictures', slug: 'images' })
  },
  createUsageMeter: async () => {
    const { data } = {
      data: await backend.admin.clonePricingModel(
        (await backend.admin.getDefaultPricingModel()).pricingModel.id,
        { name: randomUUID() },
      ),
    }
    const { usageMeter } = await backend.admin.createUsageMeter({
      usageMeter: { name: 'Pages', slug: 'pages', pricingModelId: data.pricingModel.id },
    })
    expect(usageMeter).toMatchObject({ slug: 'pages', aggregationType: 'sum' })
  },
  createUsageEvent: async () => {
    const { subscriptionId } = await freeCustomer()
    const event = {
      amount: 1,
      subscriptionId,
      transactionId: randomUUID(),
      usageMeterSlug: 'images',
    }
    expect((await backend.admin.createUsageEvent({ usageEvent: event })).usageEvent).toMatchObject({
      amount: 1,
    })
  },
  bulkCreateUsageEvents: async () => {
    const [one, other] = await Promise.all([freeCustomer(), freeCustomer()])
    const usageEvents = [one, other].map(({ subscriptionId }) => ({
      amount: 1,
      subscriptionId,
      transactionId: randomUUID(),
      usageMeterSlug: 'images',
    }))
    expect((await backend.admin.bulkCreateUsageEvents({ usageEvents })).usageEvents).toHaveLength(2)
  },
  getUsageEvent: async () => {
    const { subscriptionId } = await freeCustomer()
    const event = {
      amount: 1,
      subscriptionId,
      transactionId: randomUUID(),
      usageMeterSlug: 'images',
    }
    const { usageEvent } = await backend.admin.createUsageEvent({ usageEvent: event })
    expect((await backend.admin.getUsageEvent(usageEvent.id)).usageEvent).toEqual(usageEvent)
  },
}

describe('FlowgladServerAdmin', () => {
  it('has no method that is not checked here', () => {
    const methods = Object.getOwnPropertyNames(FlowgladServerAdmin.prototype).filter(
      (name) => name !== 'constructor',
    )
    expect(methods.toSorted()).toEqual(Object.keys(ADMIN).toSorted())
  })
  it.each(Object.entries(ADMIN))('%s', async (_name, check) => {
    await expect(check()).resolves.toBeUndefined()
  })
})
