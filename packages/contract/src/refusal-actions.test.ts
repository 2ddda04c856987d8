import { describe, expect, it } from 'vitest'
import type { Offer } from './billing-backend.ts'
import { proOffer } from './fixtures/pro-offer.ts'
import { type RefusalCause, refusalActions } from './refusal-actions.ts'

const pro: Offer = {
  ...proOffer,
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

describe('the actions of a refusal', () => {
  it('start with the upgrade on a free plan, before the top-up, the plans and waiting', () => {
    expect(kinds({ meter: 'image_generations', isFree: true, resetsAt })).toEqual([
      'pro_monthly',
      'images_topup_50',
      'plans',
      'wait',
    ])
  })

  it('offer only the top-up on a paid plan', () => {
    expect(kinds({ meter: 'image_generations', isFree: false, resetsAt })).toEqual([
      'images_topup_50',
      'plans',
      'wait',
    ])
  })

  it('offer the plan that has the missing feature', () => {
    expect(kinds({ feature: 'hd_images', isFree: true, resetsAt: null })).toEqual([
      'pro_monthly',
      'plans',
    ])
  })

  it('sell nothing when the monthly cap of the customer is reached', () => {
    expect(kinds({ meter: 'api_calls', isFree: true, resetsAt, capped: true })).toEqual([
      'raise_cap',
      'wait',
    ])
  })

  it('start with the payment while the plan is past due, and offer no waiting', () => {
    const cause = { meter: 'image_generations', isFree: false, resetsAt, pastDue: true }
    expect(kinds(cause)).toEqual(['pay', 'images_topup_50', 'plans'])
  })

  it('name what is bought, and what it costs', () => {
    const [upgrade, buy] = refusalActions(
      { meter: 'image_generations', isFree: true, resetsAt },
      { offers: [pro, topUp], plansUrl: '/plans' },
    )
    expect(upgrade).toMatchObject({ label: 'Upgrade to Pro', amount: 2000, currency: 'USD' })
    expect(buy).toMatchObject({ label: 'Buy 50 images', amount: 500, currency: 'USD' })
  })

  it('offer the plan that lifts the limit of the meter', () => {
    expect(kinds({ meter: 'api_calls', isFree: true, resetsAt: null })).toEqual([
      'pro_monthly',
      'plans',
    ])
  })
})

function kinds(cause: RefusalCause): string[] {
  const sold = {
    offers: [pro, topUp],
    plansUrl: '/plans',
    capUrl: '/usage#spending',
    payUrl: '/billing',
  }
  return refusalActions(cause, sold).map((action) =>
    action.type === 'checkout' ? action.priceSlug : action.type,
  )
}
