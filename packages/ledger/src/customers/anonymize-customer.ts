import { announce } from '../core/announce.ts'
import { requireCustomer } from '../core/customer.ts'
import { inLedgerTransaction } from '../core/ledger-transaction.ts'
import type { Ledger } from '../core/ledger.ts'
import { typed } from '../core/typed.ts'

const NO_DETAILS = { name: null, email: null, address: null }

/** Removes a customer's personal data: replaces its name with `name` and its address with `email`. Purchases and usage are kept. */
export async function anonymizeCustomer(
  ledger: Ledger,
  reference: { organizationId: string; externalId: string; name: string; email: string },
): Promise<void> {
  const { organizationId, name, email } = reference
  const { customer } = await requireCustomer(ledger.database, reference)
  await inLedgerTransaction(ledger, { organizationId, customerId: customer.id }, async (tx) => {
    await typed(tx)
      .updateTable('customer')
      .set({ name, email, domain: null, iconUrl: null, logoUrl: null, userId: null })
      .set({ billingAddress: null, updatedAt: tx.now })
      .where(({ and }) => and({ organizationId, id: customer.id }))
      .execute()
    await typed(tx)
      .updateTable('paymentMethod')
      .set({ billingDetails: JSON.stringify(NO_DETAILS), updatedAt: tx.now })
      .where(({ and }) => and({ organizationId, customerId: customer.id }))
      .execute()
    await announce(tx, { type: 'customer.updated', object: 'customer', id: customer.id })
  })
}
