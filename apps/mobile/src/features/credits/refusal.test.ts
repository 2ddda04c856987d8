import type { BillingAction } from '@tollgate/client'
import { describe, expect, it } from 'vitest'
import { actionsOf, endsCredits, explain, type Refusal } from './refusal.ts'

const wait: BillingAction = { type: 'wait', until: '2026-12-01T00:00:00.000Z' }
const outOfCredits: Refusal = {
  kind: 'insufficient_credits',
  error: 'insufficient_credits',
  message: 'No image generations are left.',
  meter: 'image_generations',
  required: 1,
  availableBalance: 0,
  upgradeUrl: 'https://studio.example/plans',
  resetsAt: null,
  actions: [wait],
  charged: false,
}

describe('a refusal', () => {
  it('offers what the server offers and nothing else, not even the upgrade address it names', () => {
    expect(actionsOf(outOfCredits)).toEqual([wait])
    expect(actionsOf({ ...outOfCredits, actions: [] })).toEqual([])
    expect(actionsOf({ kind: 'rate_limited', message: '', retryAfterMs: 1 })).toEqual([])
  })

  it('shows what was needed, what is left, and that nothing was charged', () => {
    expect(explain(outOfCredits)).toEqual({
      title: 'You are out of images',
      text: 'This takes 1 image and you have 0 left. This balance does not reset. You were not charged.',
    })
  })

  it('of a kind newer than this app shows the server’s message', () => {
    expect(explain({ kind: 'unknown', message: 'Your team has no seat for this.' })).toEqual({
      title: 'That did not work',
      text: 'Your team has no seat for this.',
    })
  })

  it('leads to the out-of-credits screen only for missing credits or a missing feature', () => {
    expect(endsCredits(outOfCredits)).toBe(true)
    expect(endsCredits({ kind: 'billing_unavailable', message: '', retryAfterMs: 1 })).toBe(false)
  })
})
