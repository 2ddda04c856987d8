import { expect, it } from 'vitest'
import { entitlements } from './entitlements.ts'

const toggles = ['hd_images', 'unlimited_api_calls'] as const

it.each(['active', 'trialing', 'credit_trial', 'cancellation_scheduled'])(
  'gives a plan that is %s all it includes',
  (status) => {
    expect(entitlements(status, toggles)).toEqual(toggles)
  },
)

it('grants no unlimited meter to a plan whose period is unpaid', () => {
  expect(entitlements('past_due', toggles)).toEqual(['hd_images'])
})

it.each(['unpaid', 'incomplete', 'incomplete_expired', 'canceled', 'paused', 'something_new'])(
  'gives nothing for a plan that is %s',
  (status) => {
    expect(entitlements(status, toggles)).toEqual([])
  },
)
