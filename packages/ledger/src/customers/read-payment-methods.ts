import { sql } from 'kysely'
import { type CustomerScope, scopeOf } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'
import { LIVEMODE } from '../core/livemode.ts'

/** Reads a customer's payment methods, in the API's form. */
export function readPaymentMethods(from: Queryable, scope: CustomerScope) {
  return typed(from, 'read-payment-methods')
    .selectFrom('paymentMethod')
    .select(['id', 'customerId', 'type', 'isDefault as default', 'billingDetails'])
    .select(['paymentMethodData', sql.lit(null).as('metadata'), 'pricingModelId', LIVEMODE])
    .select(['createdAt', 'updatedAt'])
    .where(({ and }) => and(scopeOf(scope)))
    .orderBy('isDefault', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute()
}
