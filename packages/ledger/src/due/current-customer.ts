import { processDue } from './process-due.ts'
import type { Ledger } from '../core/ledger.ts'
import { type Customer, requireCustomer } from '../core/customer.ts'

/** Finds a customer after processing what has fallen due. */
export async function currentCustomer(
  ledger: Ledger,
  reference: { organizationId: string; externalId: string },
): Promise<Customer> {
  const { customer, dueAt } = await requireCustomer(ledger.database, reference)
  if (dueAt !== null && dueAt <= ledger.clock.now()) {
    await processDue(ledger, {
      organizationId: reference.organizationId,
      customerId: customer.id,
    })
  }
  return customer
}
