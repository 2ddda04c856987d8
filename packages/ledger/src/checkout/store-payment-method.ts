import type { Books } from '../core/books.ts'
import type { PaidBy } from '../core/payment-provider.ts'
import type { CheckoutRow } from './checkout-session.ts'

/** Keeps the payment method as the customer's default. */
export async function storePaymentMethod(
  books: Books,
  { session, paidBy }: { session: CheckoutRow; paidBy: PaidBy },
): Promise<string> {
  const id = books.ledger.newId('pm')
  await books.transaction.query({
    text: `update payment_method set is_default = false, updated_at = $3
           where organization_id = $1 and customer_id = $2 and is_default`,
    values: [books.organizationId, books.customerId, books.now],
  })
  await books.transaction.query({
    text: `insert into payment_method
             (organization_id, customer_id, id, type, is_default, billing_details, payment_method_data,
              pricing_model_id, provider_reference, created_at, updated_at)
           values ($1, $2, $3, 'card', true, $4, $5, $6, $7, $8, $8)`,
    values: [
      books.organizationId,
      books.customerId,
      id,
      { name: session.customerName, email: session.customerEmail, address: null },
      paidBy.card,
      books.pricingModelId,
      paidBy.methodReference,
      books.now,
    ],
  })
  await books.transaction.query({
    text: `update subscription set payment_method_id = $3, updated_at = $5
           where organization_id = $1 and customer_id = $2 and canceled_at is null
             and not is_free_plan and ($4::text is null or id = $4)`,
    values: [books.organizationId, books.customerId, id, session.targetSubscriptionId, books.now],
  })
  return id
}
