import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { typed } from '../core/typed.ts'

/** A feature that a plan includes now and one of its subscriptions lacks, or has less of. */
export type PlanGain = {
  /** The existing feature of the subscription, to be raised; null when it has none. */
  givenId: string | null
  subscriptionItemId: string
  productFeatureId: string
  featureId: string
  featureSlug: string
  usageMeterSlug: string | null
  /** Null for a toggle, and when there was none before. */
  amountBefore: number | null
  amountAfter: number | null
}

/**
 * Reads what a subscription would gain if it were sold today. A reduced feature is never a change, and grants that are given once per
 * customer are not raised.
 */
export async function readPlanGains(
  tx: LedgerTransaction,
  plan: { subscriptionId: string; productId: string },
): Promise<PlanGain[]> {
  const { rows } = await sql<PlanGain>`
    select given.id as given_id, item.id as subscription_item_id, pf.id as product_feature_id,
           feature.id as feature_id, feature.slug as feature_slug, meter.slug as usage_meter_slug,
           given.amount as amount_before, feature.amount::bigint * item.quantity as amount_after
    from subscription_item item
    join price on price.organization_id = item.organization_id and price.id = item.price_id
    join product_feature pf
      on pf.organization_id = item.organization_id and pf.product_id = price.product_id and pf.expired_at is null
    join feature
      on feature.organization_id = pf.organization_id and feature.id = pf.feature_id and feature.active
    left join usage_meter meter
      on meter.organization_id = feature.organization_id and meter.id = feature.usage_meter_id
    left join subscription_feature given
      on given.organization_id = item.organization_id and given.subscription_id = item.subscription_id
     and given.subscription_item_id = item.id and given.feature_id = feature.id
     and given.expired_at is null and not given.manually_created
    where item.organization_id = ${tx.organizationId} and item.subscription_id = ${plan.subscriptionId}
      and item.expired_at is null and price.product_id = ${plan.productId}
      and (given.id is null
           or given.amount < feature.amount::bigint * item.quantity
              and given.renewal_frequency is distinct from 'once')
    order by pf.position, feature.id`.execute(typed(tx, 'read-plan-gains'))
  return rows
}
