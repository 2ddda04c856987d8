import type { BillingError } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { filterActionsByPlatform } from './filter-actions-by-platform.ts'

const refusal: BillingError = {
  kind: 'insufficient_credits',
  error: 'insufficient_credits',
  message: 'Used up.',
  meter: 'image_generations',
  required: 1,
  availableBalance: 0,
  upgradeUrl: 'https://studio.example/plans',
  resetsAt: '2026-12-01T00:00:00.000Z',
  charged: false,
  actions: [
    { type: 'pay', url: 'https://studio.example/billing' },
    { type: 'checkout', priceSlug: 'pro_monthly', label: 'Upgrade', amount: 2000, currency: 'USD' },
    { type: 'plans', url: 'https://studio.example/plans' },
    { type: 'wait', until: '2026-12-01T00:00:00.000Z' },
  ],
}

describe('filterActionsByPlatform', () => {
  it.each([
    { device: 'a browser', headers: {}, offers: ['pay', 'checkout', 'plans', 'wait'] },
    {
      device: 'an Android phone',
      headers: { 'x-client-platform': 'android' },
      offers: ['pay', 'checkout', 'plans', 'wait'],
    },
    {
      device: 'an iPhone of the US storefront',
      headers: { 'x-client-platform': 'ios', 'x-storefront': 'USA' },
      offers: ['pay', 'checkout', 'plans', 'wait'],
    },
    {
      device: 'an iPhone of another storefront',
      headers: { 'x-client-platform': 'ios', 'x-storefront': 'DEU' },
      offers: ['wait'],
    },
    {
      device: 'an iPhone that does not say',
      headers: { 'x-client-platform': 'ios' },
      offers: ['wait'],
    },
  ])('offers $offers to $device', ({ headers, offers }) => {
    const offered = filterActionsByPlatform(refusal, new Headers(Object.entries(headers)))
    expect('actions' in offered && offered.actions.map(({ type }) => type)).toEqual(offers)
  })

  it('leaves a refusal without actions as it is', () => {
    const missing: BillingError = { kind: 'key_missing', message: 'Send a key.' }
    expect(filterActionsByPlatform(missing, new Headers({ 'x-client-platform': 'ios' }))).toBe(
      missing,
    )
  })
})
