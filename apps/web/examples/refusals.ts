import type { UnknownBillingError } from '@tollgate/client'
import type { BillingAction, BillingError, BillingErrorKind } from '@tollgate/contract'

const ACTIONS: BillingAction[] = [
  {
    type: 'checkout',
    priceSlug: 'pro_monthly',
    label: 'Upgrade to Pro',
    amount: 2000,
    currency: 'USD',
  },
  { type: 'plans', url: '/plans' },
  { type: 'wait', until: '2026-12-01T00:00:00.000Z' },
]

/** One refusal of every kind; the compiler refuses a kind without one. */
export const REFUSALS: {
  [Kind in BillingErrorKind]: BillingError<Kind>
} & { unknown: UnknownBillingError } = {
  insufficient_credits: {
    kind: 'insufficient_credits',
    error: 'insufficient_credits',
    message: '',
    meter: 'image_generations',
    required: 1,
    availableBalance: 0,
    upgradeUrl: '/plans',
    resetsAt: '2026-12-01T00:00:00.000Z',
    actions: ACTIONS,
    charged: false,
  },
  spend_cap: {
    kind: 'spend_cap',
    message: '',
    meter: 'image_generations',
    required: 1,
    cap: 5,
    left: 0,
    resetsAt: '2026-12-01T00:00:00.000Z',
    actions: [
      { type: 'raise_cap', url: '/usage#spending' },
      { type: 'wait', until: '2026-12-01T00:00:00.000Z' },
    ],
    charged: false,
  },
  not_permitted: {
    kind: 'not_permitted',
    message: '',
    needs: 'buying',
    actions: [{ type: 'ask_owner', url: '/team' }],
  },
  account_changed: { kind: 'account_changed', message: '', charged: false },
  limit: {
    kind: 'limit',
    message: '',
    subject: { kind: 'member', id: 'm_ada' },
    meter: 'image_generations',
    required: 1,
    amount: 5,
    left: 0,
    resetsAt: '2026-12-01T00:00:00.000Z',
    raisedBy: 'customer',
    actions: [
      { type: 'ask_owner', url: '/team' },
      { type: 'wait', until: '2026-12-01T00:00:00.000Z' },
    ],
    charged: false,
  },
  not_in_plan: {
    kind: 'not_in_plan',
    message: '',
    feature: 'hd_images',
    upgradeUrl: '/plans',
    actions: ACTIONS.slice(0, 2),
  },
  rate_limited: { kind: 'rate_limited', message: '', retryAfterMs: 3_600_000 },
  billing_unavailable: { kind: 'billing_unavailable', message: '', retryAfterMs: 5000 },
  outcome_unknown: { kind: 'outcome_unknown', message: '', retryAfterMs: 5000 },
  in_progress: { kind: 'in_progress', message: '', retryAfterMs: 1000 },
  hold_expired: { kind: 'hold_expired', message: '', charged: false },
  result_gone: { kind: 'result_gone', message: '', operationId: 'op' },
  not_signed_in: {
    kind: 'not_signed_in',
    message: '',
    actions: [{ type: 'sign_in', url: '/sign-in' }],
  },
  key_missing: { kind: 'key_missing', message: '' },
  key_invalid: { kind: 'key_invalid', message: '' },
  key_reused: { kind: 'key_reused', message: '', firstSeenAt: '2026-11-22T09:00:00.000Z' },
  unknown: { kind: 'unknown', message: 'Your team has no seat for this.' },
}
