import type { BillingAction } from '@tollgate/client'
import { describe, expect, it } from 'vitest'
import { actionsOf, askedOf, endsCredits, explain, type Refusal } from './refusal.ts'

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

const limitReached: Refusal = {
  kind: 'limit',
  message: 'The limit of this member is reached.',
  subject: { kind: 'member', id: 'u_1' },
  meter: 'image_generations',
  required: 1,
  amount: 3,
  left: 0,
  resetsAt: '2026-12-01T00:00:00.000Z',
  raisedBy: 'customer',
  actions: [{ type: 'ask_owner', url: 'https://studio.example/team' }],
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

  it('of a limit says whose it is, what is left, when it resets and who can raise it', () => {
    expect(explain(limitReached)).toEqual({
      title: 'You have reached your limit in this account',
      text: 'This takes 1, and 0 of 3 images are left. Resets December 1. The account owner can raise it. You were not charged.',
    })
  })

  it('lets a member ask the payer for credits, or for a higher limit when a limit was reached', () => {
    expect(askedOf(outOfCredits)).toEqual({ kind: 'purchase', meter: 'image_generations' })
    expect(askedOf(limitReached)).toEqual({ kind: 'raise_limit', meter: 'image_generations' })
    expect(askedOf({ kind: 'unknown', message: '' })).toEqual({ kind: 'purchase', meter: null })
  })

  it('leads to the out-of-credits screen for missing credits, a missing feature or a limit alone', () => {
    expect(endsCredits(outOfCredits)).toBe(true)
    expect(endsCredits(limitReached)).toBe(true)
    expect(endsCredits({ kind: 'billing_unavailable', message: '', retryAfterMs: 1 })).toBe(false)
  })
})
