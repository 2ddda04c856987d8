import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

let backend: Backend

beforeAll(async () => {
  const pricingPath = new URL('plans.yaml', import.meta.url).pathname
  backend = await startBackend({ pricingPath })
})
afterAll(() => backend.close())

type Customer = ReturnType<Backend['as']>

const returns = { successUrl: 'http://localhost:3000/ok', cancelUrl: 'http://localhost:3000/no' }

async function on(plan: 'free' | 'pro'): Promise<Customer & { subscriptionId: string }> {
  const customer = backend.as()
  await customer.flowglad.getBilling()
  if (plan === 'pro') await backend.buy(customer, 'pro_monthly')
  const { currentSubscription } = await customer.flowglad.getBilling()
  return { ...customer, subscriptionId: currentSubscription?.id ?? '' }
}

/** One check per method of `FlowgladServer`; the first test ensures that none is missing. */
const SERVER: Record<string, () => Promise<void>> = {
  getRequestingCustomerId: async () => {
    const { externalId, flowglad } = backend.as()
    expect(await flowglad.getRequestingCustomerId()).toBe(externalId)
  },
  getSession: async () => {
    const { externalId, flowglad } = backend.as()
    expect(await flowglad.getSession()).toMatchObject({ externalId })
  },
  getBilling: async () => {
    const billing = await backend.as().flowglad.getBilling()
    expect(billing.getProduct('pro')).toMatchObject({ name: 'Pro' })
    expect(billing.getPrice('more_once')).toMatchObject({ unitPrice: 500, type: 'single_payment' })
    expect(billing.hasPurchased('pro')).toBe(false)
    expect(billing.checkFeatureAccess('hd')).toBe(false)
    expect(billing.checkUsageBalance('images')).toMatchObject({ availableBalance: 10 })
    expect(billing.currentSubscriptions?.[0]?.id).toBe(billing.currentSubscription?.id)
  },
  findOrCreateCustomer: async () => {
    const { externalId, flowglad } = backend.as()
    const [first, second] = await Promise.all([
      flowglad.findOrCreateCustomer(),
      flowglad.findOrCreateCustomer(),
    ])
    expect(first).toMatchObject({ externalId, name: 'Ada' })
    expect(second.id).toBe(first.id)
  },
  getCustomer: async () => {
    const { externalId, flowglad } = await on('free')
    expect((await flowglad.getCustomer()).customer).toMatchObject({ externalId })
  },
  createCustomer: async () => {
    const externalId = randomUUID()
    const { flowglad } = backend.as(externalId)
    const customer = { externalId, name: 'Grace', email: 'grace@example.com' }
    const { data } = await flowglad.createCustomer({ customer })
    expect(data.customer).toMatchObject(customer)
    expect(data.subscription).toMatchObject({ isFreePlan: true, status: 'active' })
    expect(data.subscriptionItems).toHaveLength(1)
  },
  updateCustomer: async () => {
    const { flowglad } = await on('free')
    const customer = { id: 'ignored', name: 'Lovelace' }
    expect((await flowglad.updateCustomer({ customer })).customer).toMatchObject({
      name: 'Lovelace',
      email: 'ada@example.com',
    })
  },
  archiveCustomer: async () => {
    const { externalId, flowglad } = await on('free')
    await flowglad.archiveCustomer(externalId)
    await expect(flowglad.getCustomer()).rejects.toMatchObject({ status: 404 })
    expect((await flowglad.findOrCreateCustomer()).archived).toBe(false)
  },
  getPricingModel: async () => {
    const { pricingModel } = await backend.as().flowglad.getPricingModel()
    expect(pricingModel.products.map(({ slug }) => slug)).toEqual([
      'free',
      'pro',
      'team',
      'tryout',
      'more',
    ])
    expect(pricingModel.usageMeters.map(({ slug }) => slug)).toEqual(['images', 'visitors'])
  },
  getUsageMeterBalances: async () => {
    const { flowglad, subscriptionId } = await on('free')
    const { usageMeterBalances } = await flowglad.getUsageMeterBalances({ subscriptionId })
    expect(
      usageMeterBalances.map(({ slug, availableBalance }) => [slug, availableBalance]),
    ).toEqual([
      ['images', 10],
      ['visitors', 10],
    ])
  },
  createUsageEvent: async () => {
    const { flowglad, subscriptionId } = await on('free')
    const event = {
      amount: 4,
      subscriptionId,
      transactionId: randomUUID(),
      usageMeterSlug: 'images',
      properties: { operationId: 'op_1' },
    }
    const { usageEvent } = await flowglad.createUsageEvent(event)
    expect(usageEvent).toMatchObject({
      amount: 4,
      subscriptionId,
      properties: { operationId: 'op_1' },
    })
    expect((await flowglad.getBilling()).checkUsageBalance('images')).toMatchObject({
      availableBalance: 6,
    })
  },
  bulkCreateUsageEvents: async () => {
    const { flowglad, subscriptionId } = await on('free')
    const usageEvents = [1, 2, 3].map((amount) => ({
      amount,
      subscriptionId,
      transactionId: randomUUID(),
      usageMeterSlug: 'images',
    }))
    expect((await flowglad.bulkCreateUsageEvents({ usageEvents })).usageEvents).toHaveLength(3)
    expect((await flowglad.bulkCreateUsageEvents({ usageEvents })).usageEvents).toEqual([])
    expect((await flowglad.getBilling()).checkUsageBalance('images')).toMatchObject({
      availableBalance: 4,
    })
  },
  createCheckoutSession: async () => {
    const { flowglad } = await on('free')
    const { checkoutSession, url } = await flowglad.createCheckoutSession({
      priceSlug: 'more_once',
      quantity: 2,
      ...returns,
    })
    expect(checkoutSession).toMatchObject({ type: 'product', status: 'open', quantity: 2 })
    const paid = await fetch(`${url}/pay`, { method: 'POST', redirect: 'manual' })
    expect(paid.headers.get('location')).toBe(returns.successUrl)
    expect((await flowglad.getBilling()).checkUsageBalance('images')).toMatchObject({
      availableBalance: 110,
    })
  },
  createAddPaymentMethodCheckoutSession: async () => {
    const { flowglad } = await on('free')
    const { url } = await flowglad.createAddPaymentMethodCheckoutSession(returns)
    const id = new URL(url).pathname.split('/').at(-1)
    await fetch(new URL(`/checkout/${id}/pay`, url), { method: 'POST', redirect: 'manual' })
    expect((await flowglad.getBilling()).paymentMethods).toMatchObject([
      { type: 'card', default: true },
    ])
  },
  createActivateSubscriptionCheckoutSession: async () => {
    const { flowglad } = await on('free')
    const { subscription } = await flowglad.createSubscription({
      priceSlug: 'pro_monthly',
      quantity: 1,
    })
    expect(subscription.status).toBe('incomplete')
    const { url } = await flowglad.createActivateSubscriptionCheckoutSession({
      targetSubscriptionId: subscription.id,
      ...returns,
    })
    const id = new URL(url).pathname.split('/').at(-1)
    await fetch(new URL(`/checkout/${id}/pay`, url), { method: 'POST', redirect: 'manual' })
    const billing = await flowglad.getBilling()
    expect(billing.currentSubscription).toMatchObject({ id: subscription.id, status: 'active' })
    expect(billing.checkUsageBalance('images')).toMatchObject({ availableBalance: 100 })
  },
  createSubscription: async () => {
    const { flowglad } = await on('free')
    const { subscription } = await flowglad.createSubscription({
      priceSlug: 'tryout_monthly',
      quantity: 1,
    })
    expect(subscription).toMatchObject({ status: 'trialing', current: true })
    expect((await flowglad.getBilling()).checkUsageBalance('images')).toMatchObject({
      availableBalance: 100,
    })
  },
  adjustSubscription: async () => {
    const { flowglad } = await on('pro')
    const adjusted = await flowglad.adjustSubscription({ priceSlug: 'team_monthly' })
    expect(adjusted).toMatchObject({ isUpgrade: true, resolvedTiming: 'immediately' })
    expect((await flowglad.getBilling()).checkUsageBalance('images')).toMatchObject({
      availableBalance: 1000,
    })
  },
  cancelSubscription: async () => {
    const { flowglad, subscriptionId } = await on('pro')
    const { subscription } = await flowglad.cancelSubscription({
      id: subscriptionId,
      cancellation: { timing: 'at_end_of_current_billing_period' },
    })
    expect(subscription).toMatchObject({ status: 'cancellation_scheduled', current: true })
    expect(subscription.cancelScheduledAt).toBe(subscription.currentBillingPeriodEnd)
  },
  uncancelSubscription: async () => {
    const { flowglad, subscriptionId } = await on('pro')
    await flowglad.cancelSubscription({
      id: subscriptionId,
      cancellation: { timing: 'at_end_of_current_billing_period' },
    })
    const { subscription } = await flowglad.uncancelSubscription({ id: subscriptionId })
    expect(subscription).toMatchObject({ status: 'active', cancelScheduledAt: null })
  },
  getResourceUsages: async () => {
    const { flowglad } = await on('pro')
    expect(await flowglad.getResourceUsages()).toMatchObject({
      resources: [{ resourceSlug: 'seats', capacity: 3, available: 3 }],
    })
  },
  getResourceUsage: async () => {
    const { flowglad } = await on('pro')
    expect(await flowglad.getResourceUsage({ resourceSlug: 'seats' })).toMatchObject({
      usage: { capacity: 3, claimed: 0 },
      claims: [],
    })
  },
  claimResource: async () => {
    const { flowglad } = await on('pro')
    const first = await flowglad.claimResource({
      resourceSlug: 'seats',
      externalIds: ['ada', 'bob'],
    })
    expect(first.usage).toMatchObject({ claimed: 2, available: 1 })
    const again = await flowglad.claimResource({ resourceSlug: 'seats', externalId: 'ada' })
    const ada = first.claims.find(({ externalId }) => externalId === 'ada')
    expect(again.claims.map(({ id }) => id)).toEqual([ada?.id])
    await expect(
      flowglad.claimResource({ resourceSlug: 'seats', quantity: 2 }),
    ).rejects.toMatchObject({ status: 409 })
  },
  releaseResource: async () => {
    const { flowglad } = await on('pro')
    await flowglad.claimResource({ resourceSlug: 'seats', quantity: 2 })
    const { releasedClaims, usage } = await flowglad.releaseResource({
      resourceSlug: 'seats',
      quantity: 1,
    })
    expect(releasedClaims).toHaveLength(1)
    expect(usage).toMatchObject({ claimed: 1, available: 2 })
  },
  listResourceClaims: async () => {
    const { flowglad } = await on('pro')
    await flowglad.claimResource({ resourceSlug: 'seats', externalId: 'ada' })
    expect(await flowglad.listResourceClaims({ resourceSlug: 'seats' })).toMatchObject({
      claims: [{ externalId: 'ada' }],
    })
  },
}

describe('FlowgladServer', () => {
  it('has no method that is not checked here', () => {
    const { flowglad } = backend.as()
    const methods = Object.entries(flowglad)
      .filter(([, member]) => typeof member === 'function')
      .map(([name]) => name)
    // Private; the other methods use them.
    expect(methods.filter((name) => name !== 'deriveSubscriptionId').toSorted()).toEqual(
      Object.keys(SERVER).toSorted(),
    )
  })
  it.each(Object.entries(SERVER))('%s', async (_name, check) => {
    await expect(check()).resolves.toBeUndefined()
  })
})
