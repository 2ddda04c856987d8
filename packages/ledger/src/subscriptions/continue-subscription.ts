import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'

/**
 * Opens the same subscription for another customer: same period, items, features and claims under a new id. The old one has to be ended
 * after this, because ending it removes its items.
 */
export async function continueSubscription(
  tx: LedgerTransaction,
  from: SubscriptionRow,
): Promise<SubscriptionRow> {
  const id = tx.ledger.newId('sub')
  const values = [tx.organizationId, from.id, id, tx.customerId, tx.now]
  for (const text of COPIES) await tx.query({ text, values })
  return readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: id,
  })
}

const COPIES = [
  `insert into subscription
     (organization_id, customer_id, id, pricing_model_id, price_id, name, status, is_free_plan, do_not_charge,
      interval_unit, interval_count, anchor_at, period_index, period_id, period_start, period_end, trial_end,
      started_at, grace_ends_at, cancel_scheduled_at, cancellation_reason, scheduled_items, scheduled_adjustment_at,
      payment_method_id, metadata, created_at, updated_at)
   select organization_id, $4, $3, pricing_model_id, price_id, name, status, is_free_plan, do_not_charge,
      interval_unit, interval_count, anchor_at, period_index, period_id, period_start, period_end, trial_end,
      started_at, grace_ends_at, cancel_scheduled_at, cancellation_reason, scheduled_items, scheduled_adjustment_at,
      payment_method_id, metadata, $5, $5
   from subscription where organization_id = $1 and id = $2`,
  `insert into billing_period
     (organization_id, customer_id, subscription_id, id, starts_at, ends_at, trial, created_at)
   select organization_id, $4, $3, id, starts_at, ends_at, trial, $5
   from billing_period where organization_id = $1 and subscription_id = $2
     and id = (select period_id from subscription where organization_id = $1 and id = $2)`,
  `insert into subscription_item
     (organization_id, customer_id, subscription_id, id, price_id, name, unit_price, quantity, added_at,
      manually_created, metadata, created_at, updated_at)
   select organization_id, $4, $3, id, price_id, name, unit_price, quantity, added_at, manually_created, metadata,
      created_at, $5
   from subscription_item where organization_id = $1 and subscription_id = $2 and expired_at is null`,
  `insert into subscription_feature
     (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, product_feature_id, type,
      amount, usage_meter_id, renewal_frequency, resource_id, manually_created, created_at, updated_at)
   select organization_id, $4, $3, subscription_item_id, id, feature_id, product_feature_id, type, amount,
      usage_meter_id, renewal_frequency, resource_id, manually_created, created_at, $5
   from subscription_feature where organization_id = $1 and subscription_id = $2 and expired_at is null`,
  `insert into resource_claim
     (organization_id, customer_id, subscription_id, resource_id, subscription_feature_id, id, external_id, metadata,
      claimed_at, created_at, updated_at)
   select organization_id, $4, $3, resource_id, subscription_feature_id, id, external_id, metadata, claimed_at,
      created_at, $5
   from resource_claim where organization_id = $1 and subscription_id = $2 and released_at is null`,
]
