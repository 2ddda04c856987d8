import { type CustomerScope, scopeOf } from '../core/customer-scope.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** Reads a customer's latest payments, newest first. */
export function readPayments(
  from: Queryable,
  { limit, ...scope }: CustomerScope & { limit: number },
): Promise<PaymentRow[]> {
  return typed(from)
    .selectFrom('payment')
    .select(PAYMENT_COLUMNS)
    .where(({ and }) => and(scopeOf(scope)))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
