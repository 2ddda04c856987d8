import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import type { CustomerScope } from '../core/customer-scope.ts'
import type { Ledger } from '../core/ledger.ts'
import { expireGrants } from '../credits/close-grants.ts'
import { collectPayment } from './collect-payment.ts'
import { collectRefund } from './collect-refund.ts'
import { type PaymentRow, readDueRefund, readPendingPayment } from '../core/payment-row.ts'
import { rollOver } from '../subscriptions/roll-over.ts'
import { endUnpaid } from '../subscriptions/end-unpaid.ts'
import { readCurrentSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'

/** Fifty years of months; more steps mean a broken period. */
const STEPS_MAX = 600

/**
 * Processes what has fallen due for a customer: ended periods, expired credits, pending payments. Runs before every read and write of a
 * customer who is due, and on a timer; costs nothing when nothing is due.
 */
export async function processDue(ledger: Ledger, scope: CustomerScope): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const { refund, waiting } = await inLedgerTransaction(ledger, scope, async (tx) => ({
      refund: await readDueRefund(tx),
      waiting: await rollOverUntilPayment(tx),
    }))
    const asks = waiting && (waiting.nextAttemptAt ?? 0) <= ledger.clock.now() ? waiting : null
    if (!refund && !asks) return
    if (refund && !(await collectRefund(ledger, scope, refund))) return
    if (asks && !(await collectPayment(ledger, scope, asks))) return
  }
  ledger.logger.error({ ...scope }, 'due processing: customer still due after the step limit')
}

/** The next period of a paid plan begins only once the payment of this one has an outcome. */
async function rollOverUntilPayment(tx: LedgerTransaction): Promise<PaymentRow | null> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const subscription = await readCurrentSubscription(tx, tx)
    if (subscription) await expireUntilNow(tx, subscription)
    const waiting = await readPendingPayment(tx)
    if (waiting || !subscription) return waiting
    if (subscription.graceEndsAt !== null && subscription.graceEndsAt <= tx.now) {
      await endUnpaid(tx, { subscription, at: subscription.graceEndsAt })
    } else if (subscription.periodEnd <= tx.now) {
      await rollOver(tx, subscription)
    } else {
      return null
    }
  }
  return null
}

/** Credits expire on their day, even while a payment is pending. */
async function expireUntilNow(
  tx: LedgerTransaction,
  { id, periodEnd }: SubscriptionRow,
): Promise<void> {
  const until = Math.min(tx.now, periodEnd)
  if ((await expireGrants(tx, { subscriptionId: id, until })) === 0) return
  await announce(tx, { type: 'subscription.updated', object: 'subscription', id })
}
