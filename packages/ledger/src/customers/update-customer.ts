import { inLedgerTransaction } from '../core/ledger-transaction.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { announce } from '../core/announce.ts'
import { type Customer, requireCustomer } from '../core/customer.ts'

/** The changeable fields of a customer; what is left out stays. */
export type CustomerChange = {
  email?: string | undefined
  name?: string | undefined
  domain?: string | null | undefined
  iconURL?: string | null | undefined
  logoURL?: string | null | undefined
  userId?: string | null | undefined
  billingAddress?: unknown
}

/** Updates a customer. */
export async function updateCustomer(
  ledger: Ledger,
  update: { organizationId: string; externalId: string; change: CustomerChange },
): Promise<Customer> {
  const { organizationId, externalId, change } = update
  const { customer } = await requireCustomer(ledger.database, { organizationId, externalId })
  await inLedgerTransaction(ledger, { organizationId, customerId: customer.id }, async (tx) => {
    await tx.query({
      text: `update customer set email = $3, name = $4, domain = $5, icon_url = $6, logo_url = $7, user_id = $8,
               billing_address = $9, updated_at = $10
             where organization_id = $1 and id = $2`,
      values: [
        organizationId,
        customer.id,
        change.email ?? customer.email,
        change.name ?? customer.name,
        valueOr(change.domain, customer.domain),
        valueOr(change.iconURL, customer.iconURL),
        valueOr(change.logoURL, customer.logoURL),
        valueOr(change.userId, customer.userId),
        jsonValue(valueOr(change.billingAddress, customer.billingAddress)),
        tx.now,
      ],
    })
    await announce(tx, { type: 'customer.updated', object: 'customer', id: customer.id })
  })
  return (await requireCustomer(ledger.database, { organizationId, externalId })).customer
}

function valueOr<T>(changed: T | undefined, kept: T): T {
  return changed === undefined ? kept : changed
}
