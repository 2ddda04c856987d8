import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { PaidBy } from '../core/payment-provider.ts'
import type { CheckoutRow } from './checkout-session.ts'

/** Keeps the payment method as the customer's default. */
export async function storePaymentMethod(
  tx: LedgerTransaction,
  { session, paidBy }: { session: CheckoutRow; paidBy: PaidBy },
): Promise<string> {
  const id = tx.ledger.newId('pm')
  await tx.query({
    text: `update payment_method set is_default = false, updated_at = $3
           where organization_id = $1 and customer_id = $2 and is_default`,
    values: [tx.organizationId, tx.customerId, tx.now],
  })
  await tx.query({
    text: `insert into payment_method
             (organization_id, customer_id, id, type, is_default, billing_details, payment_method_data,
              pricing_model_id, provider_reference, created_at, updated_at)
           values ($1, $2, $3, 'card', true, $4, $5, $6, $7, $8, $8)`,
    values: [
      tx.organizationId,
      tx.customerId,
      id,
      { name: session.customerName, email: session.customerEmail, address: null },
      paidBy.card,
      tx.pricingModelId,
      paidBy.methodReference,
      tx.now,
    ],
  })
  await tx.query({
    text: `update subscription set payment_method_id = $3, updated_at = $5
           where organization_id = $1 and customer_id = $2 and canceled_at is null
             and not is_free_plan and ($4::text is null or id = $4)`,
    values: [tx.organizationId, tx.customerId, id, session.targetSubscriptionId, tx.now],
  })
  return id
}
