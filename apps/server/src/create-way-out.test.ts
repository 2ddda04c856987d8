import type { CustomerBilling, Offer } from '@tollgate/contract'
import { customerId } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { actionsFor } from './create-way-out.ts'

const pro: Offer = {
  kind: 'plan',
  productSlug: 'pro',
  priceSlug: 'pro_monthly',
  name: 'Pro',
  description: null,
  unitPrice: 2000,
  currency: 'USD',
  interval: 'month',
  isDefault: false,
  grants: [{ meter: 'image_generations', amount: 500, renews: true }],
  features: [
    { slug: 'hd_images', name: 'HD images' },
    { slug: 'unlimited_api_calls', name: 'Unlimited API calls' },
  ],
}
const topUp: Offer = {
  ...pro,
  kind: 'topup',
  productSlug: 'images_topup',
  priceSlug: 'images_topup_50',
  name: '50 images',
  unitPrice: 500,
  interval: null,
  features: [],
}
const resetsAt = '2026-12-01T00:00:00.000Z'

describe('actionsFor', () => {
  it('offers the upgrade first on the free plan, then the top-up, the plans and waiting', () => {
    expect(kinds({ meter: 'image_generations', billing: on('free'), resetsAt })).toEqual([
      'pro_monthly',
      'images_topup_50',
      'plans',
      'wait',
    ])
  })

  it('offers only the top-up to somebody who pays already', () => {
    expect(kinds({ meter: 'image_generations', billing: on('pro'), resetsAt })).toEqual([
      'images_topup_50',
      'plans',
      'wait',
    ])
  })

  it('offers the plan that has the missing feature', () => {
    expect(kinds({ feature: 'hd_images', billing: on('free'), resetsAt: null })).toEqual([
      'pro_monthly',
      'plans',
    ])
  })

  it('sells nothing to somebody whose own monthly cap is in the way', () => {
    expect(kinds({ meter: 'api_calls', billing: on('free'), resetsAt, capped: true })).toEqual([
      'raise_cap',
      'wait',
    ])
  })

  it('offers the plan that lifts the limit of the meter', () => {
    expect(kinds({ meter: 'api_calls', billing: null, resetsAt: null })).toEqual([
      'pro_monthly',
      'plans',
    ])
  })
})

function kinds(ended: Parameters<typeof actionsFor>[0]) {
  return actionsFor(ended, [pro, topUp], 'https://studio.example').map((action) =>
    action.type === 'checkout' ? action.priceSlug : action.type,
  )
}

function on(planSlug: 'free' | 'pro'): CustomerBilling {
  return {
    customerId: customerId('cus_1'),
    subscription: {
      id: 'sub_1',
      status: 'active',
      planSlug,
      planName: planSlug,
      priceSlug: null,
      isFree: planSlug === 'free',
      periodStart: null,
      periodEnd: null,
      cancelsAt: null,
      scheduledChangeAt: null,
    },
    features: [],
    meters: [],
  }
}
