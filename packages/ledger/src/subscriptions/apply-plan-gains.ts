import type { Books } from '../core/books.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import { announce } from '../core/announce.ts'
import type { PlanGain } from './read-plan-gains.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/**
 * Gives a subscription what its plan gained: a new feature at once, with its credits of the current period; a raised amount from
 * the next period on.
 */
export async function applyPlanGains(
  books: Books,
  { subscription, gains }: { subscription: SubscriptionRow; gains: readonly PlanGain[] },
): Promise<void> {
  for (const { givenId, amountAfter } of gains) {
    if (givenId !== null) await raise(books, { subscription, givenId, amount: amountAfter })
  }
  const added = gains.filter(({ givenId }) => givenId === null)
  const only = await addFeatures(books, { subscription, added })
  await grantPlanCredits(books, { subscription, withOnce: true, only })
  await announce(books, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscription.id,
  })
}

async function raise(
  books: Books,
  raised: { subscription: SubscriptionRow; givenId: string; amount: number | null },
): Promise<void> {
  await books.transaction.query({
    text: `update subscription_feature set amount = $4, updated_at = $5
           where organization_id = $1 and subscription_id = $2 and id = $3`,
    values: [
      books.organizationId,
      raised.subscription.id,
      raised.givenId,
      raised.amount,
      books.now,
    ],
  })
}

async function addFeatures(
  books: Books,
  { subscription, added }: { subscription: SubscriptionRow; added: readonly PlanGain[] },
): Promise<string[]> {
  const ids = added.map(() => books.ledger.newId('sub_feature'))
  await books.transaction.query({
    text: `insert into subscription_feature
             (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, product_feature_id,
              type, amount, usage_meter_id, renewal_frequency, resource_id, created_at, updated_at)
           select $1, $2, $3, given.item_id, given.id, feature.id, given.product_feature_id, feature.type, given.amount,
                  feature.usage_meter_id, feature.renewal_frequency, feature.resource_id, $9, $9
           from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
                  as given(id, item_id, product_feature_id, feature_id, amount)
           join feature on feature.organization_id = $1 and feature.id = given.feature_id`,
    values: [
      books.organizationId,
      books.customerId,
      subscription.id,
      ids,
      added.map(({ subscriptionItemId }) => subscriptionItemId),
      added.map(({ productFeatureId }) => productFeatureId),
      added.map(({ featureId }) => featureId),
      added.map(({ amountAfter }) => amountAfter),
      books.now,
    ],
  })
  return ids
}
