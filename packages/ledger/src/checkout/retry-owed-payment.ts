import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { readCurrentSubscription, readSubscription } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'

/**
 * Retries the failed payment of a subscription's current period with the new payment method; earlier periods are over and grant nothing.
 */
export async function retryOwedPayment(
  tx: LedgerTransaction,
  subscriptionId: string | null,
): Promise<void> {
  if (subscriptionId === null) throw notFound('unpaid invoice of subscription', '')
  const { organizationId } = tx
  const subscription = await readSubscription(tx, { organizationId, subscriptionId })
  const current = await readCurrentSubscription(tx, tx)
  if (
    subscription.status === 'canceled' ||
    (current && !current.isFreePlan && current.id !== subscriptionId)
  ) {
    throw new LedgerError('CONFLICT', 'The plan this payment was for is no longer in force.')
  }
  const { rows } = await sql`
    update payment set status = 'pending', attempt = attempt + 1, failure = null, next_attempt_at = ${tx.now},
      asked_at = null, updated_at = ${tx.now}
    where organization_id = ${organizationId} and customer_id = ${tx.customerId}
      and subscription_id = ${subscriptionId} and status = 'failed'
      and (reason = 'start' or reason = 'renewal' and billing_period_id = ${subscription.periodId})
      and id = (select id from payment
                where organization_id = ${organizationId} and customer_id = ${tx.customerId}
                  and subscription_id = ${subscriptionId} and reason in ('start', 'renewal')
                order by created_at desc, id desc limit 1)
    returning id`.execute(typed(tx))
  if (rows.length === 0) throw notFound('unpaid invoice of subscription', subscriptionId)
}
