import { bringUpToDate } from '../due/bring-up-to-date.ts'
import { type Books, openBooks } from '../core/books.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from '../subscriptions/switch-plan.ts'
import { announce } from '../core/announce.ts'

type Key = { organizationId: string; subscriptionId: string }

/** Cancels a paid subscription, at once or at the end of its period; the customer then is on the free plan. */
export async function cancelSubscription(
  ledger: Ledger,
  request: Key & { timing: 'immediately' | 'at_end_of_current_billing_period' },
): Promise<SubscriptionRow> {
  return change(ledger, request, async (books, subscription) => {
    if (subscription.isFreePlan) {
      throw new LedgerError('BAD_REQUEST', 'The free plan cannot be cancelled.')
    }
    // Cancelling twice is cancelling once.
    if (subscription.status === 'canceled') return
    if (subscription.status === 'incomplete') {
      await endSubscription(books, { subscription, at: books.now, reason: 'canceled' })
    } else if (request.timing === 'immediately' || subscription.status === 'past_due') {
      // Nothing was paid for the rest of an unpaid period.
      const model = await readPricingModel(books.transaction, books)
      await switchToFree(books, { model, from: subscription, reason: 'canceled' })
    } else {
      await scheduleCancellation(books, subscription)
    }
  })
}

/** Takes a scheduled cancellation back; otherwise it changes nothing. */
export async function uncancelSubscription(ledger: Ledger, key: Key): Promise<SubscriptionRow> {
  return change(ledger, key, async (books) => {
    await books.transaction.query({
      text: `update subscription
             set status = case when trial_end > $3 then 'trialing' else 'active' end,
                 cancel_scheduled_at = null, cancellation_reason = null, updated_at = $3
             where organization_id = $1 and id = $2 and status = 'cancellation_scheduled'`,
      values: [key.organizationId, key.subscriptionId, books.now],
    })
  })
}

/** Takes an adjustment back that was to happen at the end of the period. */
export async function cancelScheduledAdjustment(
  ledger: Ledger,
  key: Key,
): Promise<SubscriptionRow> {
  return change(ledger, key, async (books) => {
    await books.transaction.query({
      text: `update subscription set scheduled_items = null, scheduled_adjustment_at = null, updated_at = $3
             where organization_id = $1 and id = $2`,
      values: [key.organizationId, key.subscriptionId, books.now],
    })
  })
}

async function scheduleCancellation(books: Books, subscription: SubscriptionRow): Promise<void> {
  if (subscription.scheduledItems) {
    throw new LedgerError(
      'CONFLICT',
      'An adjustment is scheduled for the same moment: cancel it first (cancel-scheduled-adjustment).',
    )
  }
  await books.transaction.query({
    text: `update subscription set status = 'cancellation_scheduled', cancel_scheduled_at = period_end, updated_at = $3
           where organization_id = $1 and id = $2`,
    values: [books.organizationId, subscription.id, books.now],
  })
}

async function change(
  ledger: Ledger,
  key: Key,
  work: (books: Books, subscription: SubscriptionRow) => Promise<void>,
): Promise<SubscriptionRow> {
  const { organizationId } = key
  const { customerId } = await readSubscription(ledger.database, key)
  await bringUpToDate(ledger, { organizationId, customerId })
  return openBooks(ledger, { organizationId, customerId }, async (books) => {
    await work(books, await readSubscription(books.transaction, key))
    await announce(books, {
      type: 'subscription.updated',
      object: 'subscription',
      id: key.subscriptionId,
    })
    return readSubscription(books.transaction, key)
  })
}
