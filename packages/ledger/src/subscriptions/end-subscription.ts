import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { closeAllGrants, type ClosedGrant } from '../credits/close-grants.ts'
import { issueGrant } from '../credits/issue-grant.ts'
import { postEntries } from '../credits/post-entries.ts'
import { waiveUnlimited } from '../credits/waive-unlimited.ts'
import { expireItems } from './add-item.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** What a subscription leaves behind: credits that outlive it, and usage that went past its grants. */
export type Legacy = {
  fromSubscriptionId: string
  grants: ClosedGrant[]
  debts: { usageMeterId: string; debt: number }[]
}

/** Ends a subscription: its plan credits lapse unless they are kept, and what its customer bought is returned. */
export async function endSubscription(
  tx: LedgerTransaction,
  ended: { subscription: SubscriptionRow; at: number; reason: string; keepExpiring?: boolean },
): Promise<Legacy> {
  const { subscription, at, reason, keepExpiring = false } = ended
  await waiveUnlimited(tx, subscription.id)
  await tx.query({
    text: `update subscription set status = 'canceled', canceled_at = $3, cancellation_reason = $4,
             scheduled_items = null, scheduled_adjustment_at = null, grace_ends_at = null, updated_at = $5
           where organization_id = $1 and id = $2`,
    values: [tx.organizationId, subscription.id, at, reason, tx.now],
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

/** Moves what an ended subscription left behind to the one that replaces it. */
export async function inherit(
  tx: LedgerTransaction,
  { legacy, subscription }: { legacy: Legacy; subscription: SubscriptionRow },
): Promise<void> {
  await tx.query({
    text: `update subscription set replaced_by_subscription_id = $3, updated_at = $4
           where organization_id = $1 and id = $2`,
    values: [tx.organizationId, legacy.fromSubscriptionId, subscription.id, tx.now],
  })
  await receive(tx, { legacy, subscription })
}

/** Posts what an ended subscription left behind to another one. */
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
      // The reason still begins with where the credits came from, so that a refund finds them.
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
  const debts = await tx.query<{ usageMeterId: string; debt: number }>({
    text: `select usage_meter_id as "usageMeterId", -balance as debt from meter_balance
           where organization_id = $1 and subscription_id = $2 and balance < 0 order by usage_meter_id`,
    values: [tx.organizationId, subscriptionId],
  })
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

/** A payment sent to the provider stays: if it was taken, it is refunded. */
async function dropPendingPayments(tx: LedgerTransaction, subscriptionId: string): Promise<void> {
  await tx.query({
    text: `with dropped as (
             update payment set status = 'failed', failure = 'The subscription ended.', updated_at = $4,
               next_attempt_at = null
             where organization_id = $1 and customer_id = $2 and subscription_id = $3 and status = 'pending'
               and asked_at is null
             returning invoice_id
           )
           update invoice set status = 'void', updated_at = $4
           where organization_id = $1 and customer_id = $2 and id in (select invoice_id from dropped)`,
    values: [tx.organizationId, tx.customerId, subscriptionId, tx.now],
  })
}

async function releaseClaims(tx: LedgerTransaction, subscriptionId: string): Promise<void> {
  await tx.query({
    text: `update resource_claim set released_at = $3, release_reason = 'subscription_ended', updated_at = $3
           where organization_id = $1 and subscription_id = $2 and released_at is null`,
    values: [tx.organizationId, subscriptionId, tx.now],
  })
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
