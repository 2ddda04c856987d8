import type { CustomerScope } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'

/** Reads how a customer can pay, in the API's form. */
export function readPaymentMethods(from: Queryable, { organizationId, customerId }: CustomerScope) {
  return from.query<{ id: string; type: string; default: boolean; paymentMethodData: unknown }>({
    name: 'read-payment-methods',
    text: `select id, customer_id as "customerId", type, is_default as "default",
                  billing_details as "billingDetails", payment_method_data as "paymentMethodData",
                  null as metadata, pricing_model_id as "pricingModelId", false as livemode,
                  created_at as "createdAt", updated_at as "updatedAt"
           from payment_method where organization_id = $1 and customer_id = $2
           order by is_default desc, created_at desc, id`,
    values: [organizationId, customerId],
  })
}
