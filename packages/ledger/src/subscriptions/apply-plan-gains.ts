import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import { announce } from '../core/announce.ts'
import type { PlanGain } from './read-plan-gains.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'

/**
 * Gives a subscription what its plan gained: a new feature immediately, with its credits of the current period; a raised amount from the
 * next period on.
 */
export async function applyPlanGains(
  tx: LedgerTransaction,
  { subscription, gains }: { subscription: SubscriptionRow; gains: readonly PlanGain[] },
): Promise<void> {
  for (const { givenId, amountAfter } of gains) {
    if (givenId !== null) await raise(tx, { subscription, givenId, amount: amountAfter })
  }
  const added = gains.filter(({ givenId }) => givenId === null)
  const only = await addFeatures(tx, { subscription, added })
  await grantPlanCredits(tx, { subscription, withOnce: true, only })
  await announce(tx, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscription.id,
  })
}

async function raise(
  tx: LedgerTransaction,
  raised: { subscription: SubscriptionRow; givenId: string; amount: number | null },
): Promise<void> {
  const { subscription, givenId: id, amount } = raised
  await typed(tx)
    .updateTable('subscriptionFeature')
    .set({ amount, updatedAt: tx.now })
    .where(({ and }) =>
      and({ organizationId: tx.organizationId, subscriptionId: subscription.id, id }),
    )
    .execute()
}

async function addFeatures(
  tx: LedgerTransaction,
  { subscription, added }: { subscription: SubscriptionRow; added: readonly PlanGain[] },
): Promise<string[]> {
  const ids = added.map(() => tx.ledger.newId('sub_feature'))
  await sql`
    insert into subscription_feature
      (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, product_feature_id,
       type, amount, usage_meter_id, renewal_frequency, resource_id, created_at, updated_at)
    select ${tx.organizationId}, ${tx.customerId}, ${subscription.id}, given.item_id, given.id, feature.id,
           given.product_feature_id, feature.type, given.amount, feature.usage_meter_id, feature.renewal_frequency,
           feature.resource_id, ${tx.now}, ${tx.now}
    from unnest(${ids}::text[], ${added.map((gain) => gain.subscriptionItemId)}::text[],
                ${added.map((gain) => gain.productFeatureId)}::text[], ${added.map((gain) => gain.featureId)}::text[],
                ${added.map((gain) => gain.amountAfter)}::bigint[])
           as given(id, item_id, product_feature_id, feature_id, amount)
    join feature on feature.organization_id = ${tx.organizationId} and feature.id = given.feature_id`.execute(
    typed(tx),
  )
  return ids
}
