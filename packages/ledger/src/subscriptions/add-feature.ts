import { type Books, openBooks } from '../books.ts'
import { FEATURE_COLUMNS } from '../catalog/catalog-columns.ts'
import type { Feature } from '../catalog/pricing-model.ts'
import { issueGrant } from '../credits/issue-grant.ts'
import type { Ledger } from '../ledger.ts'
import { LedgerError, notFound } from '../ledger-error.ts'
import { announce } from '../webhooks/announce.ts'
import { type FeatureItem, readFeatureItems } from './read-feature-items.ts'
import { readCurrent } from './read-current.ts'
import { readItems } from './read-items.ts'
import { isInForce, type SubscriptionRow } from './subscription-row.ts'

/** A feature to give to one subscription, beside those of its plan. */
export type FeatureGift = {
  organizationId: string
  subscriptionId: string
  featureId?: string | undefined
  featureSlug?: string | undefined
  grantCreditsImmediately: boolean
}

/** Gives a subscription a feature; the same one again adds to its amount. */
export async function addFeature(ledger: Ledger, gift: FeatureGift): Promise<FeatureItem> {
  const subscription = await readCurrent(ledger, gift)
  if (!isInForce(subscription)) {
    throw new LedgerError('BAD_REQUEST', `The subscription is ${subscription.status}.`)
  }
  const { organizationId, customerId } = subscription
  return openBooks(ledger, { organizationId, customerId }, async (books) => {
    const feature = await findFeature(books, gift)
    const id = await write(books, { subscription, feature })
    if (gift.grantCreditsImmediately) await grantNow(books, { subscription, feature })
    await announce(books, {
      type: 'subscription.updated',
      object: 'subscription',
      id: subscription.id,
    })
    const items = await readFeatureItems(books.transaction, {
      organizationId,
      subscriptionIds: [subscription.id],
    })
    const given = items.find((item) => item.id === id)
    if (!given) throw notFound('feature', feature.slug)
    const { subscriptionId: _owner, ...item } = given
    return item
  })
}

async function findFeature(books: Books, gift: FeatureGift): Promise<Feature> {
  const [feature] = await books.transaction.query<Feature>({
    text: `select ${FEATURE_COLUMNS} from feature
           where organization_id = $1 and pricing_model_id = $2 and active and (id = $3 or slug = $4)`,
    values: [
      books.organizationId,
      books.pricingModelId,
      gift.featureId ?? null,
      gift.featureSlug ?? null,
    ],
  })
  if (!feature) throw notFound('feature', gift.featureId ?? gift.featureSlug ?? '')
  return feature
}

async function write(
  books: Books,
  { subscription, feature }: { subscription: SubscriptionRow; feature: Feature },
): Promise<string> {
  const [added] = await books.transaction.query<{ id: string }>({
    text: `update subscription_feature set amount = amount + $4, updated_at = $5
           where organization_id = $1 and subscription_id = $2 and feature_id = $3
             and manually_created and expired_at is null
           returning id`,
    values: [books.organizationId, subscription.id, feature.id, feature.amount, books.now],
  })
  if (added) return added.id
  const [item] = await readItems(books.transaction, {
    organizationId: books.organizationId,
    subscriptionId: subscription.id,
  })
  if (!item) throw new LedgerError('CONFLICT', 'The subscription has no item to add a feature to.')
  const id = books.ledger.newId('sub_feature')
  await books.transaction.query({
    text: `insert into subscription_feature
             (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, type, amount,
              usage_meter_id, renewal_frequency, resource_id, manually_created, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true, $12, $12)`,
    values: [
      books.organizationId,
      books.customerId,
      subscription.id,
      item.id,
      id,
      feature.id,
      feature.type,
      feature.amount,
      feature.usageMeterId,
      feature.renewalFrequency,
      feature.resourceId,
      books.now,
    ],
  })
  return id
}

async function grantNow(
  books: Books,
  { subscription, feature }: { subscription: SubscriptionRow; feature: Feature },
): Promise<void> {
  if (feature.amount === null || feature.usageMeterId === null) return
  const renews = feature.renewalFrequency === 'every_billing_period'
  await issueGrant(books, {
    subscriptionId: subscription.id,
    usageMeterId: feature.usageMeterId,
    source: 'grant',
    name: feature.name,
    amount: feature.amount,
    expiresAt: renews ? subscription.periodEnd : null,
    reason: `gift:${books.ledger.newId('grant')}`,
  })
}
