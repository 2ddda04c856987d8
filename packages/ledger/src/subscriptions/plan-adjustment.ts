import type { Offer } from '../catalog/find-offer.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { prorate, remainingShare } from '../core/billing-period.ts'
import { type ItemRow, totalOf } from './read-items.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** When a change takes effect; `auto`: upgrades now, downgrades at the end of the period. */
export type AdjustmentTiming = 'auto' | 'immediately' | 'at_end_of_current_billing_period'

/** The consequences of an adjustment: when it takes effect and what is due for the rest of the period. */
export type AdjustmentPlan = {
  timing: 'immediately' | 'at_end_of_current_billing_period'
  isUpgrade: boolean
  dueNow: number
  effectiveAt: number
  currency: string
  items: { priceId: string; quantity: number }[]
}

/** Decides the consequences of an adjustment, or refuses it. Pure. */
export function planAdjustment(request: {
  subscription: SubscriptionRow
  current: readonly ItemRow[]
  next: readonly { offer: Offer; quantity: number }[]
  timing: AdjustmentTiming
  prorate: boolean
  now: number
}): AdjustmentPlan {
  const { subscription, current, next, now } = request
  refuseUnadjustable(request)
  const before = totalOf(current)
  const after = totalOf(
    next.map(({ offer, quantity }) => ({ unitPrice: offer.price.unitPrice, quantity })),
  )
  const isUpgrade = after > before
  const timing = resolveTiming(request, { isUpgrade, isDowngrade: after < before })
  const immediate = timing === 'immediately'
  const share = remainingShare(
    { startsAt: subscription.periodStart, endsAt: subscription.periodEnd },
    now,
  )
  return {
    timing,
    isUpgrade,
    dueNow: immediate && isUpgrade && request.prorate ? prorate(after - before, share) : 0,
    effectiveAt: immediate ? now : subscription.periodEnd,
    currency: next[0]?.offer.price.currency ?? 'USD',
    items: next.map(({ offer, quantity }) => ({ priceId: offer.price.id, quantity })),
  }
}

type Request = Parameters<typeof planAdjustment>[0]

function refuseUnadjustable({ subscription, next }: Request): void {
  const refuse = (reason: string): never => {
    throw new LedgerError('BAD_REQUEST', reason)
  }
  if (subscription.isFreePlan)
    refuse('A free plan cannot be adjusted: buy a plan through a checkout.')
  if (subscription.doNotCharge) refuse('A subscription that is not charged cannot be adjusted.')
  if (subscription.status === 'canceled' || subscription.status === 'incomplete') {
    refuse(`The subscription is ${subscription.status}; only one in force can be adjusted.`)
  }
  if (subscription.status === 'past_due') {
    refuse('The current period is not paid: pay it first (checkout activate_subscription).')
  }
  if (subscription.status === 'cancellation_scheduled') {
    refuse('The subscription is scheduled to be cancelled: uncancel it first.')
  }
  if (subscription.scheduledItems) {
    refuse('An adjustment is scheduled already: cancel it first (cancel-scheduled-adjustment).')
  }
  if (next.length === 0) refuse('newSubscriptionItems needs at least one item.')
  for (const { offer } of next) {
    if (offer.price.type !== 'subscription')
      refuse(`"${offer.price.slug}" is no subscription price.`)
    if (offer.product.default) {
      refuse('A change to the free plan is a cancellation: use cancel.')
    }
  }
}

function resolveTiming(
  { subscription, next, timing }: Request,
  change: { isUpgrade: boolean; isDowngrade: boolean },
): AdjustmentPlan['timing'] {
  const sameInterval = next.every(
    ({ offer }) =>
      offer.price.intervalUnit === subscription.intervalUnit &&
      offer.price.intervalCount === subscription.intervalCount,
  )
  switch (timing) {
    case 'auto':
      return change.isDowngrade || !sameInterval
        ? 'at_end_of_current_billing_period'
        : 'immediately'
    case 'immediately':
      if (sameInterval) return timing
      throw new LedgerError(
        'BAD_REQUEST',
        'Another billing interval begins with the next period: use at_end_of_current_billing_period.',
      )
    case 'at_end_of_current_billing_period':
      if (!change.isUpgrade || !sameInterval) return timing
      throw new LedgerError(
        'BAD_REQUEST',
        'An upgrade happens immediately; only cheaper plans wait.',
      )
  }
}
