import { bringUpToDate } from '../due/bring-up-to-date.ts'
import { openBooks } from '../core/books.ts'
import type { Ledger } from '../core/ledger.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { readCurrentSubscription } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'
import { type Customer, requireCustomer } from '../core/customer.ts'

/** Ends everything of a customer and frees their external id; their books stay. */
export async function archiveCustomer(
  ledger: Ledger,
  reference: { organizationId: string; externalId: string },
): Promise<Customer> {
  const { organizationId } = reference
  const { customer } = await requireCustomer(ledger.database, reference)
  const scope = { organizationId, customerId: customer.id }
  await bringUpToDate(ledger, scope)
  await openBooks(ledger, scope, async (books) => {
    const subscription = await readCurrentSubscription(books.transaction, books)
    if (subscription) {
      await endSubscription(books, { subscription, at: books.now, reason: 'customer_archived' })
      await announce(books, {
        type: 'subscription.canceled',
        object: 'subscription',
        id: subscription.id,
      })
    }
    await books.transaction.query({
      text: `update customer set archived = true, updated_at = $3 where organization_id = $1 and id = $2`,
      values: [organizationId, customer.id, books.now],
    })
    await announce(books, { type: 'customer.updated', object: 'customer', id: customer.id })
  })
  return { ...customer, archived: true }
}
