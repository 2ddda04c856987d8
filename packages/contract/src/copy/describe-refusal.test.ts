import { expect, it } from 'vitest'
import type { BillingError } from '../billing-error.ts'
import { describeRefusal } from './describe-refusal.ts'
import { enBalance } from './en-balance.ts'
import { enRefusals } from './en-refusals.ts'
import { createFormats } from './formats.ts'

const words = { t: { ...enBalance, ...enRefusals }, f: createFormats('en-GB', 'UTC') }
const resetsAt = '2026-12-01T00:00:00.000Z'
const outOfCredits: BillingError = {
  kind: 'insufficient_credits',
  error: 'insufficient_credits',
  message: '',
  meter: 'image_generations',
  required: 2,
  availableBalance: 1,
  upgradeUrl: '/plans',
  resetsAt,
  actions: [],
  charged: false,
}
const capped: BillingError = {
  kind: 'spend_cap',
  message: '',
  meter: 'image_generations',
  required: 1,
  cap: 12,
  left: 0,
  resetsAt,
  actions: [],
  charged: false,
}
const limited: BillingError<'limit'> = {
  kind: 'limit',
  message: '',
  subject: { kind: 'member', id: 'ada' },
  meter: 'image_generations',
  required: 3,
  amount: 12,
  left: 1,
  resetsAt,
  raisedBy: 'customer',
  actions: [],
  charged: false,
}
const hd: BillingError = {
  kind: 'not_in_plan',
  message: '',
  feature: 'hd_images',
  upgradeUrl: '/plans',
  actions: [],
}

it.each<[string, BillingError, string]>([
  [
    'credits are missing',
    outOfCredits,
    'This takes 2 images and you have 1 left. Resets 1 December.',
  ],
  [
    'missing credits do not reset',
    { ...outOfCredits, resetsAt: null },
    'This takes 2 images and you have 1 left. This balance does not reset.',
  ],
  [
    'a limit is used up',
    capped,
    "You've used all 12 images in your monthly limit. Resets 1 December. Your balance is untouched.",
  ],
  [
    'a member has reached its limit',
    limited,
    'This takes 3, and 1 of 12 images are left. Resets 1 December. The account owner can raise it.',
  ],
  [
    'a run has reached its budget',
    { ...limited, subject: { kind: 'run', id: 'r1' }, resetsAt: null, raisedBy: 'starter' },
    'This takes 3, and 1 of 12 images are left. The person who started the run can raise it.',
  ],
  ['a plan has the feature', hd, 'HD images are included in Pro. Everything else works as before.'],
  [
    'calls come too fast',
    { kind: 'rate_limited', message: '', retryAfterMs: 6500 },
    'Try again in 7 seconds.',
  ],
])('explains why a call was refused when %s', (_name, refusal, text) => {
  expect(describeRefusal(refusal, words, 'Pro')).toMatchObject({ text, uncharged: true })
})

it.each<BillingError>([
  { kind: 'outcome_unknown', message: '', retryAfterMs: 1 },
  { kind: 'in_progress', message: '', retryAfterMs: 1 },
  { kind: 'result_gone', message: '', operationId: 'operation-1' },
])('does not claim that nothing was charged for a refusal of kind $kind', (refusal) => {
  expect(describeRefusal(refusal, words, null).uncharged).toBe(false)
})

it('shows the server’s message for a kind that only newer servers know', () => {
  const refusal = { kind: 'unknown', message: 'Your team has no seat for this.' } as const
  expect(describeRefusal(refusal, words, null).text).toBe(refusal.message)
})
