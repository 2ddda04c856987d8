import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Takes what documents a customer's payments to another customer: a later refund then finds the credits it takes back. */
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
      // A payment that a moved plan still owes is owed by the subscription that goes on.
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
    // Someone may be on a checkout page right now: what they pay for arrives where everything else is.
    .set({ ...change, targetSubscriptionId: followed('targetSubscriptionId') })
    .where(({ and }) => and(scopeOf(from)))
    .execute()
  await movePaymentMethods(from, to, plan.continuedId !== null)
}

/** The method that pays the plan in force stays the default one. */
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
