import type { Transaction } from '@tollgate/database'
import { type Selectable, sql } from 'kysely'
import type { Ledger } from './ledger.ts'
import { notFound } from './ledger-error.ts'
import type { CustomerScope } from './customer-scope.ts'
import { recomputeDueAt } from './due-at.ts'
import { typed } from './typed.ts'
import type { Tables } from './tables.gen.ts'

/** A transaction that holds one customer's lock: everything that changes money runs in one. */
export type LedgerTransaction = Transaction & {
  ledger: Ledger
  organizationId: string
  customerId: string
  pricingModelId: string
  externalId: string
  /** Ledger time, read once the lock is held and the same for the whole transaction. */
  now: number
}

/**
 * Runs work under a customer's lock: one transaction at a time per customer, so that changes to a balance do not interleave. Afterwards the
 * customer's next due time is recomputed.
 */
export async function inLedgerTransaction<T>(
  ledger: Ledger,
  scope: CustomerScope,
  work: (tx: LedgerTransaction) => Promise<T>,
): Promise<T> {
  return ledger.database.transaction(async (transaction) => {
    const tx = await lockCustomer(ledger, transaction, scope)
    const result = await work(tx)
    await recomputeDueAt(transaction, scope)
    return result
  })
}

/** Locks a customer within an open transaction. */
export async function lockCustomer(
  ledger: Ledger,
  transaction: Transaction,
  { organizationId, customerId }: CustomerScope,
): Promise<LedgerTransaction> {
  const customerIds = [customerId]
  const [locked] = await lockCustomers(transaction, { organizationId, customerIds })
  if (!locked) throw notFound('customer', customerId)
  return ledgerTransactionOf(ledger, transaction, { organizationId, locked })
}

/** A customer whose row is locked until the transaction ends. */
export type LockedCustomer = Pick<
  Selectable<Tables['customer']>,
  'pricingModelId' | 'externalId' | 'dueAt'
> & { customerId: string }

/** Locks customers in the order of their ids, the same in every transaction, to avoid deadlocks. */
export async function lockCustomers(
  transaction: Transaction,
  { organizationId, customerIds }: { organizationId: string; customerIds: readonly string[] },
): Promise<LockedCustomer[]> {
  const { rows } = await sql<LockedCustomer>`
    select id as customer_id, pricing_model_id, external_id, due_at from customer
    where organization_id = ${organizationId} and id = any(${customerIds})
    order by id for no key update`.execute(typed(transaction, 'lock-customers'))
  return rows
}

/** The ledger transaction of a customer that is already locked. */
export function ledgerTransactionOf(
  ledger: Ledger,
  transaction: Transaction,
  { organizationId, locked }: { organizationId: string; locked: LockedCustomer },
): LedgerTransaction {
  const { customerId, pricingModelId, externalId } = locked
  const now = ledger.clock.now()
  return { ...transaction, ledger, organizationId, customerId, pricingModelId, externalId, now }
}
