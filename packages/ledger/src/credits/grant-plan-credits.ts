import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { MERGED_CUSTOMERS } from '../core/merged-customers.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { issueGrant } from './issue-grant.ts'

type CreditFeature = {
  id: string
  featureId: string
  name: string
  amount: number
  usageMeterId: string
  renewalFrequency: 'once' | 'every_billing_period'
}

/** Gives what a subscription's features grant for its current period; `withOnce` also what they grant only once. */
export async function grantPlanCredits(
  tx: LedgerTransaction,
  {
    subscription,
    withOnce,
    only,
  }: {
    subscription: SubscriptionRow
    withOnce: boolean
    /** The subscription's features to look at, by id; all of them when left out. */
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
export function readCreditFeatures(
  tx: LedgerTransaction,
  subscriptionId: string,
): Promise<CreditFeature[]> {
  return tx.query<CreditFeature>({
    name: 'read-credit-features',
    text: `select given.id, given.feature_id as "featureId", feature.name, given.amount,
                  given.usage_meter_id as "usageMeterId", given.renewal_frequency as "renewalFrequency"
           from subscription_feature given
           join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
           where given.organization_id = $1 and given.subscription_id = $2
             and given.type = 'usage_credit_grant' and given.expired_at is null
           order by given.created_at, given.id`,
    values: [tx.organizationId, subscriptionId],
  })
}

type Given = { subscription: SubscriptionRow; feature: CreditFeature }

async function grantForPeriod(
  tx: LedgerTransaction,
  { subscription, feature }: Given,
): Promise<void> {
  // Who leaves the free plan and returns in the same period finds what was left, not a fresh allowance.
  const period = subscription.isFreePlan
    ? `free:${feature.featureId}:${subscription.periodStart}`
    : `period:${subscription.periodId}:${feature.id}`
  const taken = subscription.isFreePlan ? await readTaken(tx, period) : { used: 0 }
  await issueGrant(tx, {
    subscriptionId: subscription.id,
    usageMeterId: feature.usageMeterId,
    source: 'plan',
    name: feature.name,
    amount: Math.max(feature.amount - taken.used, 0),
    expiresAt: subscription.periodEnd,
    // A period that is opened late, because nothing happened in it, still began on its day.
    validFrom: subscription.periodStart,
    reason: subscription.isFreePlan ? `${period}:${subscription.id}` : period,
  })
}

/** Gives what a feature grants once: per customer, whichever plans and subscriptions it comes with. */
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
  const rows = await tx.query({
    // Grants from before the reason named the feature name the feature of a subscription.
    text: `select id from credit_grant
           where organization_id = $1 and customer_id in (${MERGED_CUSTOMERS})
             and (starts_with(reason, 'once:' || $3)
                  or reason in (select 'once:' || given.id from subscription_feature given
                                where given.organization_id = $1 and given.customer_id = credit_grant.customer_id
                                  and given.feature_id = $3))
           limit 1`,
    values: [tx.organizationId, tx.customerId, featureId],
  })
  return rows.length > 0
}

/** How much usage has taken from the grants of one free period so far. */
async function readTaken(tx: LedgerTransaction, period: string): Promise<{ used: number }> {
  const [row] = await tx.query<{ used: number }>({
    text: `select coalesce(sum(entry.amount), 0)::bigint as used
           from credit_grant given
           join ledger_entry entry
             on entry.organization_id = given.organization_id and entry.customer_id = given.customer_id
            and entry.credit_grant_id = given.id and entry.kind in ('usage', 'settlement', 'revocation')
           where given.organization_id = $1 and given.customer_id = $2 and starts_with(given.reason, $3)`,
    values: [tx.organizationId, tx.customerId, `${period}:`],
  })
  return { used: row?.used ?? 0 }
}
