import { Temporal } from 'temporal-polyfill'
import type { IntervalUnit } from './pricing-model.ts'

/** How often a subscription renews, and the instant all its periods are counted from. */
export type BillingCycle = { anchorAt: number; unit: IntervalUnit; count: number }

/** One billing period: from its start up to, not including, its end. */
export type PeriodBounds = { index: number; startsAt: number; endsAt: number }

/**
 * The n-th period of a cycle. Both ends are computed from the anchor, never from the previous end, so 31 January renews on 28 February and
 * on 31 March again. In UTC, where no day is missing or doubled.
 */
export function billingPeriod(cycle: BillingCycle, index: number): PeriodBounds {
  return { index, startsAt: boundary(cycle, index), endsAt: boundary(cycle, index + 1) }
}

/** The share of a period that is still ahead at `now`, from 1 to 0. */
export function remainingShare(
  period: { startsAt: number; endsAt: number },
  now: number,
): { numerator: number; denominator: number } {
  const denominator = period.endsAt - period.startsAt
  return { numerator: Math.min(Math.max(period.endsAt - now, 0), denominator), denominator }
}

/** `amount` × share, rounded half up; exact, although the product may exceed the safe integers. */
export function prorate(amount: number, share: { numerator: number; denominator: number }): number {
  const doubled = 2n * BigInt(amount) * BigInt(share.numerator) + BigInt(share.denominator)
  return Number(doubled / (2n * BigInt(share.denominator)))
}

function boundary({ anchorAt, unit, count }: BillingCycle, index: number): number {
  const anchor = Temporal.Instant.fromEpochMilliseconds(anchorAt).toZonedDateTimeISO('UTC')
  const moved = anchor.add({ [`${unit}s`]: count * index }, { overflow: 'constrain' })
  return moved.epochMilliseconds
}
