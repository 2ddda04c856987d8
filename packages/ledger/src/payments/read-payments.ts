import type { CustomerScope } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'

/** Reads a customer's latest payments, newest first. */
export function readPayments(
  from: Queryable,
  { organizationId, customerId, limit }: CustomerScope & { limit: number },
): Promise<PaymentRow[]> {
  return from.query<PaymentRow>({
    text: `select ${PAYMENT_COLUMNS} from payment where organization_id = $1 and customer_id = $2
           order by created_at desc, id desc limit $3`,
    values: [organizationId, customerId, limit],
  })
}
