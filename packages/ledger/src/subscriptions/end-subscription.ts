import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { closeAllGrants, type ClosedGrant } from '../credits/close-grants.ts'
import { issueGrant } from '../credits/issue-grant.ts'
import { postEntries } from '../credits/post-entries.ts'
import { waiveUnlimited } from '../credits/waive-unlimited.ts'
import { expireItems } from './add-item.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'
import { updateSubscription } from '../core/update-subscription.ts'

/** What an ended subscription leaves behind: credits that outlive it, and overdrawn usage. */
export type Legacy = {
  fromSubscriptionId: string
  grants: ClosedGrant[]
  debts: { usageMeterId: string; debt: number }[]
}

/** Ends a subscription: its plan credits expire unless they are kept, and purchased credits are returned. */
export async function endSubscription(
  tx: LedgerTransaction,
  ended: { subscription: SubscriptionRow; at: number; reason: string; keepExpiring?: boolean },
): Promise<Legacy> {
  const { subscription, at, reason, keepExpiring = false } = ended
  await waiveUnlimited(tx, subscription.id)
  await updateSubscription(tx, subscription.id, {
    status: 'canceled',
    canceledAt: at,
    cancellationReason: reason,
    scheduledItems: null,
    scheduledAdjustmentAt: null,
    graceEndsAt: null,
  })
  await expireItems(tx, { subscriptionId: subscription.id, at })
  await dropPendingPayments(tx, subscription.id)
  await releaseClaims(tx, subscription.id)
  const grants = await closeAllGrants(tx, {
    subscriptionId: subscription.id,
    note: reason,
    keepExpiring,
  })
  return {
    fromSubscriptionId: subscription.id,
    grants,
    debts: await settleDebts(tx, subscription.id),
  }
}

/** Moves the credits and debts of an ended subscription to its successor. */
export async function carryOver(
  tx: LedgerTransaction,
  { legacy, subscription }: { legacy: Legacy; subscription: SubscriptionRow },
): Promise<void> {
  await updateSubscription(tx, legacy.fromSubscriptionId, {
    replacedBySubscriptionId: subscription.id,
  })
  await receive(tx, { legacy, subscription })
}

/** Posts the credits and debts of an ended subscription to another one. */
export async function receive(
  tx: LedgerTransaction,
  { legacy, subscription }: { legacy: Legacy; subscription: SubscriptionRow },
): Promise<void> {
  const note = `from ${legacy.fromSubscriptionId}`
  await postEntries(
    tx,
    legacy.debts.map(({ usageMeterId, debt }) => ({
      ...entryBase(tx, { subscriptionId: subscription.id, usageMeterId }),
      kind: 'transfer_out' as const,
      amount: debt,
      note,
    })),
  )
  for (const grant of legacy.grants) {
    await issueGrant(tx, {
      subscriptionId: subscription.id,
      usageMeterId: grant.usageMeterId,
      source: grant.source,
      name: grant.name,
      amount: grant.remaining,
      expiresAt: grant.expiresAt,
      // The reason keeps its original prefix, so that a refund finds the credits.
      reason: `${grant.reason}:to:${subscription.id}`,
      kind: 'transfer_in',
      note,
    })
  }
}

/** Moves a debt from the ended subscription to its successor. */
async function settleDebts(
  tx: LedgerTransaction,
  subscriptionId: string,
): Promise<Legacy['debts']> {
  const debts = await typed(tx)
    .selectFrom('meterBalance')
    .select(['usageMeterId', sql<number>`-balance`.as('debt')])
    .where(({ and }) => and({ organizationId: tx.organizationId, subscriptionId }))
    .where('balance', '<', 0)
    .orderBy('usageMeterId')
    .execute()
  await postEntries(
    tx,
    debts.map(({ usageMeterId, debt }) => ({
      ...entryBase(tx, { subscriptionId, usageMeterId }),
      kind: 'transfer_in' as const,
      amount: debt,
      note: 'usage past the grants, carried on',
    })),
  )
  return debts
}

/** A payment already sent to the provider is kept: if it succeeds, it is refunded. */
async function dropPendingPayments(tx: LedgerTransaction, subscriptionId: string): Promise<void> {
  await typed(tx)
    .with('dropped', (dropping) =>
      dropping
        .updateTable('payment')
        .set({ status: 'failed', failure: 'The subscription ended.', nextAttemptAt: null })
        .set({ updatedAt: tx.now })
        .where(({ and }) => and({ ...scopeOf(tx), subscriptionId, status: 'pending' }))
        .where('askedAt', 'is', null)
        .returning('invoiceId'),
    )
    .updateTable('invoice')
    .set({ status: 'void', updatedAt: tx.now })
    .where(({ and }) => and(scopeOf(tx)))
    .where('id', 'in', (from) => from.selectFrom('dropped').select('invoiceId'))
    .execute()
}

async function releaseClaims(tx: LedgerTransaction, subscriptionId: string): Promise<void> {
  await typed(tx)
    .updateTable('resourceClaim')
    .set({ releasedAt: tx.now, releaseReason: 'subscription_ended', updatedAt: tx.now })
    .where(({ and }) => and({ organizationId: tx.organizationId, subscriptionId }))
    .where('releasedAt', 'is', null)
    .execute()
}

function entryBase(tx: LedgerTransaction, meter: { subscriptionId: string; usageMeterId: string }) {
  return {
    organizationId: tx.organizationId,
    customerId: tx.customerId,
    ...meter,
    grantId: null,
    occurredAt: tx.now,
  }
}
