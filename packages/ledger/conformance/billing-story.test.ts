import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

let backend: Backend

beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

describe('the stock SDK against the self-hosted backend', () => {
  it('finds a new customer on the free plan with its credits', async () => {
    const { flowglad } = backend.as()
    const billing = await flowglad.getBilling()
    expect(billing.currentSubscription).toMatchObject({ status: 'active', isFreePlan: true })
    expect(billing.checkUsageBalance('image_generations')).toMatchObject({ availableBalance: 10 })
    expect(billing.checkFeatureAccess('hd_images')).toBe(false)
  })

  it('charges a usage event once, however often it is sent', async () => {
    const { flowglad } = backend.as()
    const { currentSubscription } = await flowglad.getBilling()
    const usage = {
      amount: 3,
      subscriptionId: currentSubscription?.id ?? '',
      transactionId: randomUUID(),
      usageMeterSlug: 'image_generations',
    }
    const first = await flowglad.createUsageEvent(usage)
    const second = await flowglad.createUsageEvent(usage)
    expect(second.usageEvent.id).toBe(first.usageEvent.id)
    expect((await flowglad.getBilling()).checkUsageBalance('image_generations')).toMatchObject({
      availableBalance: 7,
      usedBalance: 3,
      balanceLimit: 10,
    })
  })

  it('has the plan in force and its credits there when the checkout redirects', async () => {
    const customer = backend.as()
    await customer.flowglad.getBilling()
    await backend.buy(customer, 'pro_monthly')
    const billing = await customer.flowglad.getBilling()
    expect(billing.currentSubscriptions).toHaveLength(1)
    expect(billing.currentSubscription).toMatchObject({ status: 'active', isFreePlan: false })
    expect(billing.checkUsageBalance('image_generations')).toMatchObject({ availableBalance: 500 })
    expect(billing.checkFeatureAccess('hd_images')).toBe(true)
    expect(billing.hasPurchased('pro')).toBe(true)
  })

  it('keeps bought credits when the plan changes', async () => {
    const customer = backend.as()
    await customer.flowglad.getBilling()
    await backend.buy(customer, 'images_topup_50')
    expect(
      (await customer.flowglad.getBilling()).checkUsageBalance('image_generations'),
    ).toMatchObject({ availableBalance: 60 })
    await backend.buy(customer, 'pro_monthly')
    expect(
      (await customer.flowglad.getBilling()).checkUsageBalance('image_generations'),
    ).toMatchObject({ availableBalance: 550 })
  })
})
