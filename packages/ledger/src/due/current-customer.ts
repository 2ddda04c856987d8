import { bringUpToDate } from './bring-up-to-date.ts'
import type { Ledger } from '../core/ledger.ts'
import { type Customer, requireCustomer } from '../core/customer.ts'

/** Finds a customer whose books are as they should be now: what fell due since is done first. */
export async function currentCustomer(
  ledger: Ledger,
  reference: { organizationId: string; externalId: string },
): Promise<Customer> {
  const { customer, dueAt } = await requireCustomer(ledger.database, reference)
  if (dueAt !== null && dueAt <= ledger.clock.now()) {
    await bringUpToDate(ledger, {
      organizationId: reference.organizationId,
      customerId: customer.id,
    })
  }
  return customer
}
