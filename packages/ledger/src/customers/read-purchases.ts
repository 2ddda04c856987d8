import type { CustomerScope } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'

/** Reads what a customer bought, in the API's form. */
export function readPurchases(from: Queryable, { organizationId, customerId }: CustomerScope) {
  return from.query<{ id: string; priceId: string; status: string }>({
    name: 'read-purchases',
    text: `select bought.id, bought.customer_id as "customerId", bought.price_id as "priceId",
                  bought.price_type as "priceType", bought.status, bought.name, bought.quantity,
                  bought.first_invoice_value as "firstInvoiceValue",
                  bought.first_invoice_value as "totalPurchaseValue",
                  case when price.type = 'subscription' then price.unit_price * bought.quantity end
                    as "pricePerBillingCycle",
                  price.interval_unit as "intervalUnit", price.interval_count as "intervalCount",
                  price.trial_period_days as "trialPeriodDays", null as proposal, 0 as position, false as archived,
                  false as "bankPaymentOnly", bought.purchased_at as "purchaseDate", null as "endDate",
                  null as "billingCycleAnchor", null as "billingAddress", bought.metadata,
                  bought.organization_id as "organizationId", bought.pricing_model_id as "pricingModelId",
                  false as livemode, bought.created_at as "createdAt", bought.updated_at as "updatedAt"
           from purchase bought
           join price on price.organization_id = bought.organization_id and price.id = bought.price_id
           where bought.organization_id = $1 and bought.customer_id = $2
           order by bought.created_at desc, bought.id`,
    values: [organizationId, customerId],
  })
}
