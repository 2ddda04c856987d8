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

const DAY_MS = 86_400_000

/** A subscription to open. */
export type NewSubscription = {
  offer: Offer
  quantity: number
  isFreePlan: boolean
  status?: SubscriptionStatus
  /** False while the first payment is still to come. */
  grantCredits: boolean
  trialDays?: number
  doNotCharge?: boolean
  paymentMethodId?: string | null
  metadata?: unknown
  name?: string
}

/** Opens a subscription with its first period, and its credits if they are due at once. */
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

/** A free plan always keeps the customer's first anchor, so that leaving and returning wins no fresh period. */
async function cycleOf(tx: LedgerTransaction, { offer, isFreePlan, trialDays }: NewSubscription) {
  const unit = offer.price.intervalUnit ?? 'month'
  const count = offer.price.intervalCount ?? 1
  const anchorAt = tx.now + (trialDays ?? 0) * DAY_MS
  if (!isFreePlan) return { anchorAt, unit, count }
  const [first] = await tx.query<{ anchorAt: number }>({
    text: `select min(anchor_at) as "anchorAt" from subscription
           where organization_id = $1 and customer_id = $2 and is_free_plan having count(*) > 0`,
    values: [tx.organizationId, tx.customerId],
  })
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
  const trialEnd = started.trialDays ? made.period.endsAt : null
  await tx.query({
    text: `insert into subscription
             (organization_id, customer_id, id, pricing_model_id, price_id, name, status, is_free_plan, do_not_charge,
              interval_unit, interval_count, anchor_at, period_index, period_id, period_start, period_end, trial_end,
              started_at, payment_method_id, metadata, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $18, $18)`,
    values: [
      tx.organizationId,
      tx.customerId,
      made.id,
      tx.pricingModelId,
      offer.price.id,
      started.name ?? `${offer.product.name} Subscription`,
      started.status ?? (started.trialDays ? 'trialing' : 'active'),
      started.isFreePlan,
      started.doNotCharge ?? false,
      made.cycle.unit,
      made.cycle.count,
      made.cycle.anchorAt,
      made.period.index,
      made.periodId,
      made.period.startsAt,
      made.period.endsAt,
      trialEnd,
      tx.now,
      started.paymentMethodId ?? null,
      jsonValue(started.metadata),
    ],
  })
}
