import { type Books, openBooks } from '../core/books.ts'
import type { CustomerScope } from '../core/customer-scope.ts'
import type { Ledger } from '../core/ledger.ts'
import { expireGrants } from '../credits/close-grants.ts'
import { collectPayment } from './collect-payment.ts'
import { giveBack } from './give-back.ts'
import { type PaymentRow, readDueRefund, readPendingPayment } from '../core/payment-row.ts'
import { rollOver } from '../subscriptions/roll-over.ts'
import { endUnpaid } from '../subscriptions/end-unpaid.ts'
import { readCurrentSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'

/** Fifty years of months: past this, something is wrong with a period and not with the customer's patience. */
const STEPS_MAX = 600

/**
 * Does what has fallen due for a customer: periods that ended, credits that expired, payments that wait. Called before every read and write
 * of somebody who is due, and by the timer; when nothing is due it costs nothing.
 */
export async function bringUpToDate(ledger: Ledger, scope: CustomerScope): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const { refund, waiting } = await openBooks(ledger, scope, async (books) => ({
      refund: await readDueRefund(books),
      waiting: await rollOverUntilPayment(books),
    }))
    const asks = waiting && (waiting.nextAttemptAt ?? 0) <= ledger.clock.now() ? waiting : null
    if (!refund && !asks) return
    if (refund && !(await giveBack(ledger, scope, refund))) return
    if (asks && !(await collectPayment(ledger, scope, asks))) return
  }
  ledger.logger.error({ ...scope }, 'a customer does not come up to date; see their subscription')
}

/** The next period of a paid plan begins only once the payment of this one was answered. */
async function rollOverUntilPayment(books: Books): Promise<PaymentRow | null> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const subscription = await readCurrentSubscription(books.transaction, books)
    if (subscription) await expireUntilNow(books, subscription)
    const waiting = await readPendingPayment(books)
    if (waiting || !subscription) return waiting
    if (subscription.graceEndsAt !== null && subscription.graceEndsAt <= books.now) {
      await endUnpaid(books, { subscription, at: subscription.graceEndsAt })
    } else if (subscription.periodEnd <= books.now) {
      await rollOver(books, subscription)
    } else {
      return null
    }
  }
  return null
}

/** Credits expire on their day, also while a payment waits. */
async function expireUntilNow(books: Books, { id, periodEnd }: SubscriptionRow): Promise<void> {
  const until = Math.min(books.now, periodEnd)
  if ((await expireGrants(books, { subscriptionId: id, until })) === 0) return
  await announce(books, { type: 'subscription.updated', object: 'subscription', id })
}
