import { inLedgerTransaction } from '../core/ledger-transaction.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { announce } from '../core/announce.ts'
import { type Customer, requireCustomer } from '../core/customer.ts'
import { typed } from '../core/typed.ts'
import type { CustomerChange } from '../core/schemas/customer.ts'

/** Updates a customer. */
export async function updateCustomer(
  ledger: Ledger,
  update: { organizationId: string; externalId: string; change: CustomerChange },
): Promise<Customer> {
  const { organizationId, externalId, change } = update
  const { customer } = await requireCustomer(ledger.database, { organizationId, externalId })
  await inLedgerTransaction(ledger, { organizationId, customerId: customer.id }, async (tx) => {
    await typed(tx)
      .updateTable('customer')
      .set({
        email: change.email,
        name: change.name,
        domain: change.domain,
        iconUrl: change.iconURL,
        logoUrl: change.logoURL,
        userId: change.userId,
        ...(change.billingAddress !== undefined && {
          billingAddress: jsonValue(change.billingAddress),
        }),
        updatedAt: tx.now,
      })
      .where(({ and }) => and({ organizationId, id: customer.id }))
      .execute()
    await announce(tx, { type: 'customer.updated', object: 'customer', id: customer.id })
  })
  return (await requireCustomer(ledger.database, { organizationId, externalId })).customer
}
