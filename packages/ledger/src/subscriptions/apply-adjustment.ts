import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { grantOnce, readCreditFeatures } from '../credits/grant-plan-credits.ts'
import { issueGrant } from '../credits/issue-grant.ts'
import type { PaymentRow } from '../core/payment-row.ts'
import { announce } from '../core/announce.ts'
import { mergedCustomers } from '../core/merged-customers.ts'
import { applyItems } from './apply-items.ts'
import { prorate, remainingShare } from '../core/billing-period.ts'
import {
  isInForce,
  readSubscription,
  type ScheduledItem,
  type SubscriptionRow,
} from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'

/** Applies a paid adjustment; false when the subscription has since ended. */
export async function applyAdjustment(
  tx: LedgerTransaction,
  payment: PaymentRow,
): Promise<boolean> {
  if (payment.subscriptionId === null || !payment.detail) return false
  const subscription = await readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: payment.subscriptionId,
  })
  if (!isInForce(subscription)) return false
  await adjustNow(tx, { subscription, items: payment.detail.items })
  return true
}

/** Replaces a subscription's items now and grants the prorated credits. */
export async function adjustNow(
  tx: LedgerTransaction,
  { subscription, items }: { subscription: SubscriptionRow; items: readonly ScheduledItem[] },
): Promise<void> {
  const adjusted = await applyItems(tx, { subscription, items, at: tx.now })
  await grantRestOfPeriod(tx, adjusted)
  await announce(tx, { type: 'subscription.updated', object: 'subscription', id: adjusted.id })
}

/**
 * Per meter: the new plan's credits for the rest of the period, less what this period already granted. Never below zero: a downgrade
 * revokes nothing.
 */
async function grantRestOfPeriod(
  tx: LedgerTransaction,
  subscription: SubscriptionRow,
): Promise<void> {
  const share = remainingShare(
    { startsAt: subscription.periodStart, endsAt: subscription.periodEnd },
    tx.now,
  )
  const granted = await readGrantedThisPeriod(tx, subscription)
  for (const feature of await readCreditFeatures(tx, subscription.id)) {
    const base = {
      subscriptionId: subscription.id,
      usageMeterId: feature.usageMeterId,
      source: 'plan' as const,
      name: feature.name,
    }
    if (feature.renewalFrequency === 'once') {
      await grantOnce(tx, { subscription, feature })
      continue
    }
    const already = granted.get(feature.usageMeterId) ?? 0
    const target = prorate(feature.amount, share)
    granted.set(feature.usageMeterId, Math.max(already - target, 0))
    await issueGrant(tx, {
      ...base,
      amount: Math.max(target - already, 0),
      expiresAt: subscription.periodEnd,
      reason: `period:${subscription.periodId}:${feature.id}`,
    })
  }
}

async function readGrantedThisPeriod(
  tx: LedgerTransaction,
  subscription: SubscriptionRow,
): Promise<Map<string, number>> {
  const rows = await typed(tx)
    .selectFrom('creditGrant')
    .select(['usageMeterId', sql<number>`sum(amount)::bigint`.as('amount')])
    .where('organizationId', '=', tx.organizationId)
    .where('customerId', 'in', mergedCustomers(tx))
    .where(sql<boolean>`starts_with(reason, ${`period:${subscription.periodId}:`})`)
    .where(sql<boolean>`position(':to:' in reason) = 0`)
    .groupBy('usageMeterId')
    .execute()
  return new Map(rows.map(({ usageMeterId, amount }) => [usageMeterId, amount]))
}
