import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { mergedCustomers } from '../core/merged-customers.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { issueGrant } from './issue-grant.ts'
import { typed } from '../core/typed.ts'

type CreditFeature = Awaited<ReturnType<typeof readCreditFeatures>>[number]

/** Grants the credits of a subscription's current period; `withOnce` also those granted only once. */
export async function grantPlanCredits(
  tx: LedgerTransaction,
  {
    subscription,
    withOnce,
    only,
  }: {
    subscription: SubscriptionRow
    withOnce: boolean
    /** The ids of the subscription's features to grant; by default all. */
    only?: readonly string[]
  },
): Promise<void> {
  for (const feature of await readCreditFeatures(tx, subscription.id)) {
    if (only && !only.includes(feature.id)) continue
    if (feature.renewalFrequency === 'every_billing_period') {
      await grantForPeriod(tx, { subscription, feature })
    } else if (withOnce) {
      await grantOnce(tx, { subscription, feature })
    }
  }
}

/** Reads the features of a subscription in force that grant credits. */
export function readCreditFeatures(tx: LedgerTransaction, subscriptionId: string) {
  return (
    typed(tx, 'read-credit-features')
      .selectFrom(['subscriptionFeature as given', 'feature'])
      .whereRef('feature.organizationId', '=', 'given.organizationId')
      .whereRef('feature.id', '=', 'given.featureId')
      .where('given.organizationId', '=', tx.organizationId)
      .where('given.subscriptionId', '=', subscriptionId)
      .where('given.type', '=', 'usage_credit_grant')
      .where('given.expiredAt', 'is', null)
      .select(['given.id', 'given.featureId', 'feature.name', 'given.amount'])
      .select(['given.usageMeterId', 'given.renewalFrequency'])
      // A feature that grants credits has all three; a table constraint checks it.
      .$narrowType<{ amount: number; usageMeterId: string }>()
      .orderBy('given.createdAt')
      .orderBy('given.id')
      .execute()
  )
}

type Given = { subscription: SubscriptionRow; feature: CreditFeature }

async function grantForPeriod(
  tx: LedgerTransaction,
  { subscription, feature }: Given,
): Promise<void> {
  // A customer who returns to the free plan in the same period gets the remainder, not a new allowance.
  const period = subscription.isFreePlan
    ? `free:${feature.featureId}:${subscription.periodStart}`
    : `period:${subscription.periodId}:${feature.id}`
  const taken = subscription.isFreePlan ? await readTaken(tx, period) : 0
  await issueGrant(tx, {
    subscriptionId: subscription.id,
    usageMeterId: feature.usageMeterId,
    source: 'plan',
    name: feature.name,
    amount: Math.max(feature.amount - taken, 0),
    expiresAt: subscription.periodEnd,
    // A period may be opened late, but its grants still start on its first day.
    validFrom: subscription.periodStart,
    reason: subscription.isFreePlan ? `${period}:${subscription.id}` : period,
  })
}

/** Grants a feature's once-credits: once per customer across plans and subscriptions. */
export async function grantOnce(
  tx: LedgerTransaction,
  { subscription, feature }: Given,
): Promise<void> {
  if (await wasGrantedOnce(tx, feature.featureId)) return
  await issueGrant(tx, {
    subscriptionId: subscription.id,
    usageMeterId: feature.usageMeterId,
    source: 'plan',
    name: feature.name,
    amount: feature.amount,
    expiresAt: null,
    reason: `once:${feature.featureId}`,
  })
}

async function wasGrantedOnce(tx: LedgerTransaction, featureId: string): Promise<boolean> {
  const customerIds = mergedCustomers(tx)
  // The reason of older grants has the id of a subscription's feature instead.
  const { rows } = await sql`
    select id from credit_grant
    where organization_id = ${tx.organizationId} and customer_id in ${customerIds}
      and (starts_with(reason, ${`once:${featureId}`})
           or reason in (select 'once:' || given.id from subscription_feature given
                         where given.organization_id = ${tx.organizationId}
                           and given.customer_id = credit_grant.customer_id and given.feature_id = ${featureId}))
    limit 1`.execute(typed(tx))
  return rows.length > 0
}

/** How much usage has consumed from the grants of one free period so far. */
async function readTaken(tx: LedgerTransaction, period: string): Promise<number> {
  const { rows } = await sql<{ used: number }>`
    select coalesce(sum(entry.amount), 0)::bigint as used
    from credit_grant given
    join ledger_entry entry
      on entry.organization_id = given.organization_id and entry.customer_id = given.customer_id
     and entry.credit_grant_id = given.id and entry.kind in ('usage', 'settlement', 'revocation')
    where given.organization_id = ${tx.organizationId} and given.customer_id = ${tx.customerId}
      and starts_with(given.reason, ${`${period}:`})`.execute(typed(tx))
  return rows[0]?.used ?? 0
}
