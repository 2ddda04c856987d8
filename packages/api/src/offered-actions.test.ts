import type { BillingError } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { offeredActions } from './offered-actions.ts'

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

describe('offeredActions', () => {
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
    expect(offeredTo({ headers })).toEqual(offers)
  })

  it.each([
    { role: 'who may not buy', mayBuy: false, offers: ['ask_owner', 'wait'] },
    { role: 'who may', mayBuy: true, offers: ['pay', 'checkout', 'plans', 'wait'] },
  ])('offers $offers to a member of an organization $role', ({ mayBuy, offers }) => {
    expect(offeredTo({ mayBuy })).toEqual(offers)
  })

  it('offers a member who may not buy to ask an owner on every device', () => {
    const headers = { 'x-client-platform': 'ios' }
    expect(offeredTo({ headers, mayBuy: false })).toEqual(['ask_owner', 'wait'])
  })

  it.each([
    { needs: 'buying', offers: ['ask_owner'] },
    { needs: 'spending', offers: [] },
  ] as const)('offers $offers to a member whose role lacks $needs', ({ needs, offers }) => {
    const refused: BillingError = { kind: 'not_permitted', message: 'No.', needs, actions: [] }
    expect(offeredTo({ mayBuy: false }, refused)).toEqual(offers)
  })

  it('leaves a refusal without actions as it is', () => {
    const missing: BillingError = { kind: 'key_missing', message: 'Send a key.' }
    const headers = new Headers({ 'x-client-platform': 'ios' })
    expect(offeredActions(missing, { user: null, headers, publicUrl: '' })).toBe(missing)
  })
})

function offeredTo(
  caller: { headers?: Record<string, string>; mayBuy?: boolean },
  refused: BillingError = refusal,
): string[] {
  const { headers = {}, mayBuy } = caller
  const membership =
    mayBuy === undefined ? null : { organizationId: 'o', role: 'any', mayBuy, maySpend: true }
  const offered = offeredActions(refused, {
    user: { id: 'u', membership },
    headers: new Headers(headers),
    publicUrl: 'https://studio.example',
  })
  return 'actions' in offered ? offered.actions.map(({ type }) => type) : []
}
