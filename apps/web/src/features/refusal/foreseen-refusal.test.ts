import type { Balance, Offer } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { foreseenRefusal } from './foreseen-refusal.ts'

const balance: Balance = {
  meter: 'image_generations',
  unit: 'image generation',
  granted: 10,
  used: 10,
  held: 0,
  remaining: 0,
  unlimited: false,
  overage: 0,
  percentUsed: 100,
  state: 'exhausted',
  periodStart: null,
  resetsAt: '2026-12-01T00:00:00.000Z',
  asOf: '2026-11-22T00:00:00.000Z',
  version: 1,
  breakdown: [],
}

function offer(priceSlug: Offer['priceSlug'], kind: Offer['kind'], unitPrice: number): Offer {
  const meter = priceSlug === 'tokens_topup_100k' ? 'ai_tokens' : 'image_generations'
  return {
    kind,
    productSlug: priceSlug,
    priceSlug,
    name: priceSlug,
    description: null,
    unitPrice,
    currency: 'USD',
    interval: kind === 'plan' ? 'month' : null,
    isDefault: false,
    grants: [{ meter, amount: 1, renews: kind === 'plan' }],
    features: [],
  }
}

const offers = [
  offer('free_monthly', 'plan', 0),
  offer('images_topup_50', 'topup', 500),
  offer('tokens_topup_100k', 'topup', 800),
  offer('pro_monthly', 'plan', 2000),
]
const wanted = { balance, required: 1, offers, isFree: true, pastDue: false, isOwner: true }

function actions(options: typeof wanted): string[] | undefined {
  return foreseenRefusal(options)?.actions.map((action) =>
    action.type === 'checkout' ? action.priceSlug : action.type,
  )
}

describe('foreseenRefusal', () => {
  it('offers the upgrade first on a free plan, only the top-up of this meter on a paid one', () => {
    expect(actions(wanted)).toEqual(['pro_monthly', 'images_topup_50', 'plans', 'wait'])
    expect(actions({ ...wanted, isFree: false })).toEqual(['images_topup_50', 'plans', 'wait'])
  })

  it('offers the payment first while the plan is past due', () => {
    const unpaid = { ...wanted, isFree: false, pastDue: true }
    expect(actions(unpaid)).toEqual(['pay', 'images_topup_50', 'plans'])
  })

  it('offers a member who may not buy to ask an owner instead', () => {
    expect(actions({ ...wanted, isOwner: false })).toEqual(['ask_owner', 'wait'])
  })

  it('does not offer to wait for what never renews', () => {
    expect(actions({ ...wanted, balance: { ...balance, resetsAt: null } })).not.toContain('wait')
  })

  it.each<[string, Partial<Balance>]>([
    ['the balance covers the click', { remaining: 1 }],
    ['what is held may still come back', { held: 1 }],
    ['there is no limit', { unlimited: true }],
    ['the balance is not known', { state: 'unknown' }],
  ])('foresees nothing when %s', (_name, standing) => {
    expect(actions({ ...wanted, balance: { ...balance, ...standing } })).toBeUndefined()
  })
})
