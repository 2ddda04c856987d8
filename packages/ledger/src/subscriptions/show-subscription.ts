import type { Price } from '../core/pricing-model.ts'
import { readBalances } from '../credits/read-balances.ts'
import type { Queryable } from '../core/queryable.ts'
import type { RichSubscription, SubscriptionRecord } from '../core/schemas/subscription.ts'
import { readFeatureItems } from './read-feature-items.ts'
import { readShownItems } from './read-shown-items.ts'
import { isInForce, type SubscriptionRow } from '../core/subscription-row.ts'

/** Renders a subscription for the API. */
export function showSubscription(row: SubscriptionRow): SubscriptionRecord {
  return {
    id: row.id,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    livemode: false,
    startDate: row.startedAt,
    customerId: row.customerId,
    organizationId: row.organizationId,
    status: row.status,
    defaultPaymentMethodId: row.paymentMethodId,
    backupPaymentMethodId: null,
    trialEnd: row.trialEnd,
    currentBillingPeriodStart: row.periodStart,
    currentBillingPeriodEnd: row.periodEnd,
    metadata: row.metadata,
    canceledAt: row.canceledAt,
    cancelScheduledAt: row.cancelScheduledAt,
    cancellationReason: row.cancellationReason,
    replacedBySubscriptionId: row.replacedBySubscriptionId,
    isFreePlan: row.isFreePlan,
    doNotCharge: row.doNotCharge,
    priceId: row.priceId,
    runBillingAtPeriodStart: true,
    interval: row.intervalUnit,
    intervalCount: row.intervalCount,
    billingCycleAnchorDate: row.anchorAt,
    name: row.name,
    renews: true,
    pricingModelId: row.pricingModelId,
    scheduledAdjustmentAt: row.scheduledAdjustmentAt,
    current: isInForce(row),
  }
}

/** Adds items, features and balances to subscriptions, in a constant number of statements. */
export async function enrichSubscriptions(
  from: Queryable,
  {
    organizationId,
    rows,
    prices,
  }: { organizationId: string; rows: SubscriptionRow[]; prices: Price[] },
): Promise<RichSubscription[]> {
  const subscriptionIds = rows.map(({ id }) => id)
  const key = { organizationId, subscriptionIds }
  const items = await readShownItems(from, key)
  const features = await readFeatureItems(from, key)
  const balances = await readBalances(from, key)
  const priceOf = new Map(prices.map((price) => [price.id, price]))
  return rows.map((row) => ({
    ...showSubscription(row),
    subscriptionItems: items
      .filter(({ subscriptionId }) => subscriptionId === row.id)
      .flatMap((item) => {
        const price = priceOf.get(item.priceId)
        return price ? [{ ...item, price }] : []
      }),
    experimental: {
      featureItems: features
        .filter(({ subscriptionId }) => subscriptionId === row.id)
        .map(({ subscriptionId: _owner, ...item }) => item),
      usageMeterBalances: balances.filter(({ subscriptionId }) => subscriptionId === row.id),
    },
  }))
}
