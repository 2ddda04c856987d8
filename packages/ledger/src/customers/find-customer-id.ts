import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { requireCustomer } from '../core/customer.ts'
import { typed } from '../core/typed.ts'

/** Finds a customer by our id or by the external one; one of them is required. */
export async function findCustomerId(
  ledger: Ledger,
  named: {
    organizationId: string
    customerId?: string | undefined
    customerExternalId?: string | undefined
  },
): Promise<string> {
  const { organizationId, customerId, customerExternalId } = named
  if (customerExternalId !== undefined) {
    const reference = { organizationId, externalId: customerExternalId }
    return (await requireCustomer(ledger.database, reference)).customer.id
  }
  if (customerId === undefined) {
    throw new LedgerError('BAD_REQUEST', 'Give customerId or customerExternalId.')
  }
  const found = await typed(ledger.database)
    .selectFrom('customer')
    .select('id')
    .where(({ and }) => and({ organizationId, id: customerId, archived: false }))
    .executeTakeFirst()
  if (!found) throw notFound('customer', customerId)
  return customerId
}
