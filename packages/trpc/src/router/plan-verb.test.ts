import type { CustomerBilling } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { planVerb } from './plan-verb.ts'

const free = { priceSlug: 'free_monthly', unitPrice: 0 } as const
const pro = { priceSlug: 'pro_monthly', unitPrice: 2000 } as const

function on(priceSlug: 'free_monthly' | 'pro_monthly', cancelsAt: string | null = null) {
  const subscription: CustomerBilling['subscription'] = {
    id: 's',
    status: 'active',
    planSlug: 'plan',
    planName: 'Plan',
    priceSlug,
    isFree: priceSlug === 'free_monthly',
    periodStart: null,
    periodEnd: null,
    cancelsAt,
    scheduledChangeAt: null,
  }
  return subscription
}

describe('planVerb', () => {
  it.each([
    ['subscribe', pro, null, 0],
    ['current', free, on('free_monthly'), 0],
    ['upgrade', pro, on('free_monthly'), 0],
    ['downgrade', free, on('pro_monthly'), 2000],
    ['scheduled', free, on('pro_monthly', '2026-12-01T00:00:00.000Z'), 2000],
    ['current', pro, on('pro_monthly', '2026-12-01T00:00:00.000Z'), 2000],
  ] as const)('is %s', (verb, offer, subscription, price) => {
    expect(planVerb(offer, subscription, price)).toBe(verb)
  })
})
