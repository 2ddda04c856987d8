import type { CustomerScope } from '../core/customer-scope.ts'
import { scopeOf } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** Reads the open invoice of a subscription, or null: only the latest one, because earlier periods are over. */
export async function readOwedInvoice(
  from: Queryable,
  { subscriptionId, ...scope }: CustomerScope & { subscriptionId: string },
) {
  const invoice = await typed(from, 'read-owed-invoice')
    .selectFrom('invoice')
    .select(['invoiceNumber', 'subtotal', 'currency', 'periodStart'])
    .where(({ and }) => and({ ...scopeOf(scope), subscriptionId, status: 'open' }))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return invoice ?? null
}
