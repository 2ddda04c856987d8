import { sql } from 'kysely'
import type { CustomerScope } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** Reads a customer's purchases, in the API's form. */
export async function readPurchases(
  from: Queryable,
  { organizationId, customerId }: CustomerScope,
) {
  const { rows } = await sql<{ id: string; priceId: string; status: string }>`
    select bought.id, bought.customer_id, bought.price_id, bought.price_type, bought.status, bought.name,
           bought.quantity, bought.first_invoice_value, bought.first_invoice_value as total_purchase_value,
           case when price.type = 'subscription' then price.unit_price * bought.quantity end
             as price_per_billing_cycle,
           price.interval_unit, price.interval_count, price.trial_period_days, null as proposal, 0 as position,
           false as archived, false as bank_payment_only, bought.purchased_at as purchase_date, null as end_date,
           null as billing_cycle_anchor, null as billing_address, bought.metadata, bought.organization_id,
           bought.pricing_model_id, false as livemode, bought.created_at, bought.updated_at
    from purchase bought
    join price on price.organization_id = bought.organization_id and price.id = bought.price_id
    where bought.organization_id = ${organizationId} and bought.customer_id = ${customerId}
    order by bought.created_at desc, bought.id`.execute(typed(from, 'read-purchases'))
  return rows
}
