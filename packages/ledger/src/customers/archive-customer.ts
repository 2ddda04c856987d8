import { processDue } from '../due/process-due.ts'
import { inLedgerTransaction } from '../core/ledger-transaction.ts'
import type { Ledger } from '../core/ledger.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { readCurrentSubscription } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'
import { type Customer, requireCustomer } from '../core/customer.ts'
import { typed } from '../core/typed.ts'

/** Ends a customer's subscriptions and frees their external id; their ledger stays. */
export async function archiveCustomer(
  ledger: Ledger,
  reference: { organizationId: string; externalId: string },
): Promise<Customer> {
  const { organizationId } = reference
  const { customer } = await requireCustomer(ledger.database, reference)
  const scope = { organizationId, customerId: customer.id }
  await processDue(ledger, scope)
  await inLedgerTransaction(ledger, scope, async (tx) => {
    const subscription = await readCurrentSubscription(tx, tx)
    if (subscription) {
      await endSubscription(tx, { subscription, at: tx.now, reason: 'customer_archived' })
      await announce(tx, {
        type: 'subscription.canceled',
        object: 'subscription',
        id: subscription.id,
      })
    }
    await typed(tx)
      .updateTable('customer')
      .set({ archived: true, updatedAt: tx.now })
      .where(({ and }) => and({ organizationId, id: customer.id }))
      .execute()
    await announce(tx, { type: 'customer.updated', object: 'customer', id: customer.id })
  })
  return { ...customer, archived: true }
}
