import { type CustomerScope, scopeOf } from '../core/customer-scope.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { typed } from '../core/typed.ts'

/** Throws with the reason unless a payment has succeeded; a pending one has not. */
export async function requirePaid(
  ledger: Ledger,
  { paymentId, ...scope }: CustomerScope & { paymentId: string },
): Promise<void> {
  const payment = await typed(ledger.database)
    .selectFrom('payment')
    .select(['status', 'failure'])
    .where(({ and }) => and({ ...scopeOf(scope), id: paymentId }))
    .executeTakeFirst()
  if (payment?.status === 'pending') throw paymentPending('The payment has no answer yet.')
  if (payment?.status !== 'failed') return
  throw new LedgerError(
    'PAYMENT_FAILED',
    `The payment for the change failed and nothing was changed: ${payment.failure ?? 'declined'}`,
  )
}

/** The payment is pending at the provider; a retry does not charge again. */
export function paymentPending(what: string): LedgerError {
  return new LedgerError(
    'PAYMENT_PENDING',
    `${what} It is asked for again every minute and takes effect once it succeeds; do not pay again.`,
  )
}
