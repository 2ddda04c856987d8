import { describe, expect, it } from 'vitest'
import { planStatus } from './plan-status.ts'

const active = {
  id: 'sub_1',
  status: 'active',
  planSlug: 'pro',
  planName: 'Pro',
  priceSlug: 'pro_monthly',
  isFree: false,
  periodStart: null,
  periodEnd: null,
  cancelsAt: null,
  scheduledChangeAt: null,
}

describe('planStatus', () => {
  it.each([
    ['active', {}],
    ['free', { isFree: true }],
    ['trialing', { status: 'trialing' }],
    ['ending', { status: 'cancellation_scheduled', cancelsAt: '2026-12-01T00:00:00.000Z' }],
    ['past_due', { status: 'past_due', cancelsAt: '2026-12-01T00:00:00.000Z' }],
    ['none', { status: 'canceled' }],
  ])('is %s', (status, change) => {
    expect(planStatus({ ...active, ...change })).toBe(status)
  })

  it('is none without a subscription', () => {
    expect(planStatus(null)).toBe('none')
  })
})
