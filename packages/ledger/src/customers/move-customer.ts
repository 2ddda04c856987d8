import type { Transaction } from '@tollgate/database'
import { processDue } from '../due/process-due.ts'
import {
  type LedgerTransaction,
  ledgerTransactionOf,
  lockCustomers,
} from '../core/ledger-transaction.ts'
import { recomputeDueAt } from '../core/due-at.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { readPendingPayment } from '../core/payment-row.ts'
import { announce } from '../core/announce.ts'
import { findCustomer, requireCustomer } from '../core/customer.ts'
import { moveAssets } from './move-assets.ts'
import { moveRecords } from './move-records.ts'
import { typed } from '../core/typed.ts'

/** A move of everything a customer owns. */
export type CustomerMove = {
  organizationId: string
  fromExternalId: string
  toExternalId: string
  idempotencyKey: string
}

/** Work can fall due again while the locks are taken; more often than this means that the clock is broken. */
const ATTEMPTS_MAX = 20

/**
 * Moves lasting credits, a paid plan and the payment history to another customer, in one transaction and once per key. The source customer
 * stays on the free plan, for operations that are still running.
 */
export async function moveCustomer(ledger: Ledger, move: CustomerMove): Promise<void> {
  const { organizationId } = move
  const { customer: from } = await requireCustomer(ledger.database, {
    organizationId,
    externalId: move.fromExternalId,
  })
  const to = await findCustomer(ledger.database, { organizationId, externalId: move.toExternalId })
  if (!to || to.customer.id === from.id) {
    throw new LedgerError(
      'BAD_REQUEST',
      `"${move.toExternalId}" is no other customer that anything could be moved to: create it first.`,
    )
  }
  const customerIds: [string, string] = [from.id, to.customer.id]
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    for (const customerId of customerIds) await processDue(ledger, { organizationId, customerId })
    if (
      await ledger.database.transaction((open) => tryMoving(ledger, open, { move, customerIds }))
    ) {
      return
    }
  }
  throw new Error('A customer could not be moved: it kept falling due while the move waited.')
}

/** False when work fell due before the locks were held. */
async function tryMoving(
  ledger: Ledger,
  transaction: Transaction,
  { move, customerIds }: { move: CustomerMove; customerIds: [string, string] },
): Promise<boolean> {
  const { organizationId } = move
  const locked = await lockCustomers(transaction, { organizationId, customerIds })
  const open = (customerId: string) => {
    const found = locked.find((one) => one.customerId === customerId)
    if (!found) throw notFound('customer', customerId)
    return ledgerTransactionOf(ledger, transaction, { organizationId, locked: found })
  }
  const [from, to] = [open(customerIds[0]), open(customerIds[1])]
  if (await wasDone(from, to, move.idempotencyKey)) return true
  if (locked.some(({ dueAt }) => dueAt !== null && dueAt <= from.now)) return false
  await refuseUnmovable(from, to)
  await moveEverything(from, to)
  await typed(transaction)
    .insertInto('customerMove')
    .values({
      organizationId,
      idempotencyKey: move.idempotencyKey,
      fromCustomerId: from.customerId,
      toCustomerId: to.customerId,
      createdAt: from.now,
    })
    .execute()
  for (const { customerId } of [from, to]) {
    await recomputeDueAt(transaction, { organizationId, customerId })
  }
  return true
}

async function wasDone(
  from: LedgerTransaction,
  to: LedgerTransaction,
  idempotencyKey: string,
): Promise<boolean> {
  const done = await typed(from)
    .selectFrom('customerMove')
    .select(['fromCustomerId', 'toCustomerId'])
    .where(({ and }) => and({ organizationId: from.organizationId, idempotencyKey }))
    .executeTakeFirst()
  if (!done) return false
  if (done.fromCustomerId === from.customerId && done.toCustomerId === to.customerId) return true
  throw new LedgerError('UNPROCESSABLE', 'The idempotencyKey was used for another move.')
}

async function refuseUnmovable(from: LedgerTransaction, to: LedgerTransaction): Promise<void> {
  if (from.pricingModelId !== to.pricingModelId) {
    throw new LedgerError('CONFLICT', 'The customers have different pricing models.')
  }
  for (const tx of [from, to]) {
    if (!(await readPendingPayment(tx))) continue
    throw new LedgerError(
      'CONFLICT',
      'A payment is still waiting for an answer: try again once it has one.',
    )
  }
}

async function moveEverything(from: LedgerTransaction, to: LedgerTransaction): Promise<void> {
  await moveRecords(from, to, await moveAssets(from, to))
  for (const tx of [from, to]) {
    await announce(tx, { type: 'customer.updated', object: 'customer', id: tx.customerId })
  }
}
