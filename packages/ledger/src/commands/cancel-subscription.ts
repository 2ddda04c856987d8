import { processDue } from '../due/process-due.ts'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from '../subscriptions/switch-plan.ts'
import { announce } from '../core/announce.ts'
import { updateSubscription } from '../core/update-subscription.ts'

type Key = { organizationId: string; subscriptionId: string }

/** Cancels a paid subscription, immediately or at the end of its period; the customer falls back to the free plan. */
export async function cancelSubscription(
  ledger: Ledger,
  request: Key & { timing: 'immediately' | 'at_end_of_current_billing_period' },
): Promise<SubscriptionRow> {
  return change(ledger, request, async (tx, subscription) => {
    if (subscription.isFreePlan) {
      throw new LedgerError('BAD_REQUEST', 'The free plan cannot be cancelled.')
    }
    // Cancelling is idempotent.
    if (subscription.status === 'canceled') return
    if (subscription.status === 'incomplete') {
      await endSubscription(tx, { subscription, at: tx.now, reason: 'canceled' })
    } else if (request.timing === 'immediately' || subscription.status === 'past_due') {
      // Nothing was paid for the rest of an unpaid period.
      const model = await readPricingModel(tx, tx)
      await switchToFree(tx, { model, from: subscription, reason: 'canceled' })
    } else {
      await scheduleCancellation(tx, subscription)
    }
  })
}

/** Revokes a scheduled cancellation; otherwise it changes nothing. */
export async function uncancelSubscription(ledger: Ledger, key: Key): Promise<SubscriptionRow> {
  return change(ledger, key, async (tx, subscription) => {
    if (subscription.status !== 'cancellation_scheduled') return
    const inTrial = subscription.trialEnd !== null && subscription.trialEnd > tx.now
    await updateSubscription(tx, subscription.id, {
      status: inTrial ? 'trialing' : 'active',
      cancelScheduledAt: null,
      cancellationReason: null,
    })
  })
}

/** Revokes an adjustment that was scheduled for the end of the period. */
export async function cancelScheduledAdjustment(
  ledger: Ledger,
  key: Key,
): Promise<SubscriptionRow> {
  return change(ledger, key, (tx) =>
    updateSubscription(tx, key.subscriptionId, {
      scheduledItems: null,
      scheduledAdjustmentAt: null,
    }),
  )
}

async function scheduleCancellation(
  tx: LedgerTransaction,
  subscription: SubscriptionRow,
): Promise<void> {
  if (subscription.scheduledItems) {
    throw new LedgerError(
      'CONFLICT',
      'An adjustment is scheduled for the same moment: cancel it first (cancel-scheduled-adjustment).',
    )
  }
  await updateSubscription(tx, subscription.id, {
    status: 'cancellation_scheduled',
    cancelScheduledAt: subscription.periodEnd,
  })
}

async function change(
  ledger: Ledger,
  key: Key,
  work: (tx: LedgerTransaction, subscription: SubscriptionRow) => Promise<void>,
): Promise<SubscriptionRow> {
  const { organizationId } = key
  const { customerId } = await readSubscription(ledger.database, key)
  await processDue(ledger, { organizationId, customerId })
  return inLedgerTransaction(ledger, { organizationId, customerId }, async (tx) => {
    await work(tx, await readSubscription(tx, key))
    await announce(tx, {
      type: 'subscription.updated',
      object: 'subscription',
      id: key.subscriptionId,
    })
    return readSubscription(tx, key)
  })
}
