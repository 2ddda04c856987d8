import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { Offer } from '../catalog/find-offer.ts'
import { jsonValue } from '../core/json-value.ts'
import { beginPeriod } from './begin-period.ts'
import { addItem } from './add-item.ts'
import { type BillingCycle, billingPeriod, type PeriodBounds } from '../core/billing-period.ts'
import {
  readSubscription,
  type SubscriptionRow,
  type SubscriptionStatus,
} from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

const DAY_MS = 86_400_000

/** A subscription to open. */
export type NewSubscription = {
  offer: Offer
  quantity: number
  isFreePlan: boolean
  status?: SubscriptionStatus
  /** False while the first payment is pending. */
  grantCredits: boolean
  trialDays?: number
  doNotCharge?: boolean
  paymentMethodId?: string | null
  metadata?: unknown
  name?: string
}

/** Opens a subscription with its first period, and its credits if they are due immediately. */
export async function startSubscription(
  tx: LedgerTransaction,
  started: NewSubscription,
): Promise<SubscriptionRow> {
  const id = tx.ledger.newId('sub')
  const cycle = await cycleOf(tx, started)
  const period = firstPeriod(tx, started, cycle)
  const periodId = tx.ledger.newId('period')
  await insertSubscription(tx, started, { id, cycle, period, periodId })
  await addItem(tx, { subscriptionId: id, offer: started.offer, quantity: started.quantity })
  const subscription = await readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: id,
  })
  // The first period of an incomplete one begins when it is paid.
  if (subscription.status === 'incomplete') return subscription
  await beginPeriod(tx, {
    subscription,
    trial: (started.trialDays ?? 0) > 0,
    grantCredits: started.grantCredits,
    first: true,
  })
  return subscription
}

/** A free plan always keeps the customer's first anchor, so that leaving and returning does not start a new period. */
async function cycleOf(tx: LedgerTransaction, { offer, isFreePlan, trialDays }: NewSubscription) {
  const unit = offer.price.intervalUnit ?? 'month'
  const count = offer.price.intervalCount ?? 1
  const anchorAt = tx.now + (trialDays ?? 0) * DAY_MS
  if (!isFreePlan) return { anchorAt, unit, count }
  const first = await typed(tx)
    .selectFrom('subscription')
    .select(({ fn }) => fn.min<number | null>('anchorAt').as('anchorAt'))
    .where(({ and }) => and({ ...scopeOf(tx), isFreePlan: true }))
    .executeTakeFirst()
  return { anchorAt: first?.anchorAt ?? anchorAt, unit, count }
}

function firstPeriod(
  tx: LedgerTransaction,
  started: NewSubscription,
  cycle: BillingCycle,
): PeriodBounds {
  // A trial is a period before the first one: it begins now and ends at the anchor.
  if (started.trialDays) return { index: 0, startsAt: tx.now, endsAt: cycle.anchorAt }
  let period = billingPeriod(cycle, 0)
  while (period.endsAt <= tx.now) period = billingPeriod(cycle, period.index + 1)
  return period
}

async function insertSubscription(
  tx: LedgerTransaction,
  started: NewSubscription,
  made: { id: string; cycle: BillingCycle; period: PeriodBounds; periodId: string },
): Promise<void> {
  const { offer } = started
  await typed(tx)
    .insertInto('subscription')
    .values({
      ...scopeOf(tx),
      id: made.id,
      pricingModelId: tx.pricingModelId,
      priceId: offer.price.id,
      name: started.name ?? `${offer.product.name} Subscription`,
      status: started.status ?? (started.trialDays ? 'trialing' : 'active'),
      isFreePlan: started.isFreePlan,
      doNotCharge: started.doNotCharge,
      intervalUnit: made.cycle.unit,
      intervalCount: made.cycle.count,
      anchorAt: made.cycle.anchorAt,
      periodIndex: made.period.index,
      periodId: made.periodId,
      periodStart: made.period.startsAt,
      periodEnd: made.period.endsAt,
      trialEnd: started.trialDays ? made.period.endsAt : null,
      startedAt: tx.now,
      paymentMethodId: started.paymentMethodId,
      metadata: jsonValue(started.metadata),
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .execute()
}
