import type { Transaction } from '@tollgate/database'
import type { Ledger } from './ledger.ts'
import { notFound } from './ledger-error.ts'
import type { CustomerScope } from './customer-scope.ts'
import { recomputeDueAt } from './due-at.ts'

/** One customer's books, locked and open in one transaction: everything that changes money goes through here. */
export type Books = {
  ledger: Ledger
  transaction: Transaction
  organizationId: string
  customerId: string
  pricingModelId: string
  externalId: string
  /** The books' time, read once the lock is held and the same for the whole transaction. */
  now: number
}

/**
 * Opens a customer's books: one transaction at a time per customer, so that no two changes of the same balance ever
 * interleave. Afterwards it is written down when the customer needs attention next.
 */
export async function openBooks<T>(
  ledger: Ledger,
  scope: CustomerScope,
  work: (books: Books) => Promise<T>,
): Promise<T> {
  return ledger.database.transaction(async (transaction) => {
    const books = await lockCustomer(ledger, transaction, scope)
    const result = await work(books)
    await recomputeDueAt(transaction, scope)
    return result
  })
}

/** Locks a customer and opens their books in a transaction that is under way. */
export async function lockCustomer(
  ledger: Ledger,
  transaction: Transaction,
  { organizationId, customerId }: CustomerScope,
): Promise<Books> {
  const customerIds = [customerId]
  const [locked] = await lockCustomers(transaction, { organizationId, customerIds })
  if (!locked) throw notFound('customer', customerId)
  return booksOf(ledger, transaction, { organizationId, locked })
}

/** A customer whose row is locked until the transaction ends. */
export type LockedCustomer = {
  customerId: string
  pricingModelId: string
  externalId: string
  dueAt: number | null
}

/** Locks customers in the order of their ids, the same in every transaction, so that no two wait for each other. */
export function lockCustomers(
  transaction: Transaction,
  { organizationId, customerIds }: { organizationId: string; customerIds: readonly string[] },
): Promise<LockedCustomer[]> {
  return transaction.query<LockedCustomer>({
    name: 'lock-customers',
    text: `select id as "customerId", pricing_model_id as "pricingModelId", external_id as "externalId",
                  due_at as "dueAt"
           from customer where organization_id = $1 and id = any($2) order by id for no key update`,
    values: [organizationId, customerIds],
  })
}

/** Opens the books of a customer who is locked already. */
export function booksOf(
  ledger: Ledger,
  transaction: Transaction,
  { organizationId, locked }: { organizationId: string; locked: LockedCustomer },
): Books {
  const { customerId, pricingModelId, externalId } = locked
  const now = ledger.clock.now()
  return { ledger, transaction, organizationId, customerId, pricingModelId, externalId, now }
}
