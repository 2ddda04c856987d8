import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { processDue } from '../due/process-due.ts'
import { findProduct } from '../catalog/find-product.ts'
import { defaultPricingModelId, readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import type { MigratedSubscription, PlanMigrationPage } from '../core/schemas/operator.ts'
import { applyPlanGains } from '../subscriptions/apply-plan-gains.ts'
import { readPlanGains } from '../subscriptions/read-plan-gains.ts'
import { readSubscribers, type Subscriber } from '../subscriptions/read-subscribers.ts'
import { isInForce, readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** The plan whose subscriptions are upgraded, and which page of them to process. */
export type PlanMigration = {
  organizationId: string
  productSlug: string
  /** False for a dry run. */
  apply: boolean
  cursor?: string | undefined
  limit: number
}

/**
 * Gives the existing subscriptions of a plan what the plan has gained since they were sold; without `apply` it is a dry run.
 * Takes nothing away, and is idempotent.
 */
export async function migratePlan(
  ledger: Ledger,
  migration: PlanMigration,
): Promise<PlanMigrationPage> {
  const { organizationId, limit } = migration
  const pricingModelId = await defaultPricingModelId(ledger.database, organizationId)
  const model = await readPricingModel(ledger.database, { organizationId, pricingModelId })
  const { id: productId } = findProduct(model, migration.productSlug)
  const found = await readSubscribers(ledger.database, { ...migration, productId })
  const data: MigratedSubscription[] = []
  for (const subscriber of found.slice(0, limit)) {
    const migrated = await migrateOne(ledger, { ...migration, productId, subscriber })
    if (migrated) data.push(migrated)
  }
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    data,
    examined: Math.min(found.length, limit),
    nextCursor: last?.subscriptionId ?? null,
  }
}

async function migrateOne(
  ledger: Ledger,
  one: PlanMigration & { productId: string; subscriber: Subscriber },
): Promise<MigratedSubscription | null> {
  const { organizationId, subscriber, productId, apply } = one
  const { customerId, subscriptionId } = subscriber
  await processDue(ledger, { organizationId, customerId })
  return inLedgerTransaction(ledger, { organizationId, customerId }, async (tx) => {
    const subscription = await readSubscription(tx, subscriber)
    if (!isInForce(subscription)) return null
    const gains = await readPlanGains(tx, { subscriptionId, productId })
    if (gains.length === 0) return null
    const unpaid = await isUnpaid(tx, subscription)
    if (apply && !unpaid) await applyPlanGains(tx, { subscription, gains })
    return {
      customerExternalId: tx.externalId,
      subscriptionId,
      outcome: unpaid ? 'unpaid' : apply ? 'changed' : 'would_change',
      gains: gains.map(({ featureSlug, usageMeterSlug, amountBefore, amountAfter }) => ({
        featureSlug,
        usageMeterSlug,
        amountBefore,
        amountAfter,
      })),
    }
  })
}

/** A period grants its credits when it is paid, so an unpaid one does not grant the new credits either. */
async function isUnpaid(tx: LedgerTransaction, subscription: SubscriptionRow): Promise<boolean> {
  const { id: subscriptionId, periodId: billingPeriodId } = subscription
  const unpaid = await typed(tx)
    .selectFrom('payment')
    .select('id')
    .where(({ and }) => and({ ...scopeOf(tx), subscriptionId, billingPeriodId, reason: 'renewal' }))
    .where('status', 'in', ['pending', 'failed'])
    .limit(1)
    .executeTakeFirst()
  return unpaid !== undefined
}
