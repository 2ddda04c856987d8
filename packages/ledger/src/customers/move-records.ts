import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Moves the records of a customer's payments to another customer, so that a later refund finds the credits it revokes. */
export async function moveRecords(
  from: LedgerTransaction,
  to: LedgerTransaction,
  plan: { endedId: string | null; continuedId: string | null },
): Promise<void> {
  const change = { customerId: to.customerId, updatedAt: from.now }
  const followed = (column: 'subscriptionId' | 'targetSubscriptionId') => {
    const { endedId, continuedId } = plan
    return sql<string>`case when ${sql.ref(column)} = ${endedId} then coalesce(${continuedId}, ${sql.ref(column)})
                            else ${sql.ref(column)} end`
  }
  for (const table of ['payment', 'invoice'] as const) {
    await typed(from)
      .updateTable(table)
      // A payment that a moved plan still owes is owed by the continuing subscription.
      .set({ ...change, subscriptionId: followed('subscriptionId') })
      .where(({ and }) => and(scopeOf(from)))
      .execute()
  }
  await typed(from)
    .updateTable('purchase')
    .set(change)
    .where(({ and }) => and(scopeOf(from)))
    .execute()
  await typed(from)
    .updateTable('checkoutSession')
    // A checkout page may be open right now: its purchase must arrive at the new customer.
    .set({ ...change, targetSubscriptionId: followed('targetSubscriptionId') })
    .where(({ and }) => and(scopeOf(from)))
    .execute()
  await movePaymentMethods(from, to, plan.continuedId !== null)
}

/** The payment method of the plan in force stays the default. */
async function movePaymentMethods(
  from: LedgerTransaction,
  to: LedgerTransaction,
  planMoves: boolean,
): Promise<void> {
  const { organizationId, now } = from
  const [kept, other] = planMoves ? [from, to] : [to, from]
  const paying = await typed(from)
    .selectFrom('paymentMethod')
    .select('id')
    .where(({ and }) => and({ ...scopeOf(kept), isDefault: true }))
    .executeTakeFirst()
  if (paying) {
    await typed(from)
      .updateTable('paymentMethod')
      .set({ isDefault: false, updatedAt: now })
      .where(({ and }) => and({ ...scopeOf(other), isDefault: true }))
      .execute()
  }
  await typed(from)
    .updateTable('paymentMethod')
    .set({ customerId: to.customerId, updatedAt: now })
    .where(({ and }) => and({ organizationId, customerId: from.customerId }))
    .execute()
}
