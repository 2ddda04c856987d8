import type { Balance } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { hasArrived } from './pending-checkout.ts'

const before = { path: '/', planSlug: 'free', granted: { image_generations: 10 } }

function images(granted: number): Balance {
  return {
    meter: 'image_generations',
    unit: 'image',
    granted,
    used: 10,
    held: 0,
    remaining: granted - 10,
    unlimited: false,
    overage: 0,
    percentUsed: 100,
    state: 'exhausted',
    periodStart: null,
    resetsAt: null,
    asOf: '2026-11-22T00:00:00.000Z',
    version: 1,
    breakdown: [],
  }
}

describe('hasArrived', () => {
  it.each([
    ['nothing changed', { balances: [images(10)], planSlug: 'free' }, false],
    ['a top-up came', { balances: [images(60)], planSlug: 'free' }, true],
    ['the plan changed', { balances: [images(10)], planSlug: 'pro' }, true],
    ['the plan cannot be read', { balances: [images(10)], planSlug: null }, false],
  ])('when %s', (_name, now, arrived) => {
    expect(hasArrived(before, now)).toBe(arrived)
  })

  it.each([
    ['an invoice is still due', 'past_due', false],
    ['whether it is due cannot be read', null, false],
    ['it is paid', 'active', true],
  ])('after paying an invoice, when %s', (_name, status, arrived) => {
    const paying = { ...before, purpose: 'open_invoice' } as const
    expect(hasArrived(paying, { balances: [], planSlug: 'pro', status })).toBe(arrived)
  })

  it('at once when only a payment method was stored', () => {
    const storing = { ...before, purpose: 'payment_method' } as const
    expect(hasArrived(storing, { balances: [], planSlug: null })).toBe(true)
  })
})
