import { notFound } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** The kinds of checkout the API can open. */
export type CheckoutType = CheckoutRow['type']

/** A stored checkout session with its customer. */
export type CheckoutRow = Awaited<ReturnType<typeof readCheckout>>

/** Reads a checkout by its unguessable id, which is all that its page knows. */
export async function readCheckout(from: Queryable, id: string) {
  const session = await typed(from, 'read-checkout')
    .selectFrom(['checkoutSession as session', 'customer'])
    .whereRef('customer.organizationId', '=', 'session.organizationId')
    .whereRef('customer.id', '=', 'session.customerId')
    .where('session.id', '=', id)
    .select([
      'session.organizationId',
      'session.customerId',
      'session.id',
      'session.pricingModelId',
    ])
    .select(['session.type', 'session.status', 'session.priceId', 'session.quantity'])
    .select(['session.successUrl', 'session.cancelUrl', 'session.outputName'])
    .select(['session.outputMetadata', 'session.targetSubscriptionId', 'session.expiresAt'])
    .select(['session.createdAt', 'session.updatedAt'])
    .select(['customer.email as customerEmail', 'customer.name as customerName'])
    .executeTakeFirst()
  if (!session) throw notFound('checkout session', id)
  return session
}

/** Renders a checkout for the API. */
export function showCheckout(row: CheckoutRow) {
  return {
    id: row.id,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    livemode: false,
    organizationId: row.organizationId,
    pricingModelId: row.pricingModelId,
    type: row.type,
    status: row.status,
    priceId: row.priceId,
    quantity: row.quantity,
    customerId: row.customerId,
    customerEmail: row.customerEmail,
    customerName: row.customerName,
    discountId: null,
    purchaseId: null,
    invoiceId: null,
    expires: row.expiresAt,
    successUrl: row.successUrl,
    cancelUrl: row.cancelUrl,
    outputName: row.outputName,
    outputMetadata: row.outputMetadata,
    paymentMethodType: null,
    billingAddress: null,
    automaticallyUpdateSubscriptions: null,
    targetSubscriptionId: row.targetSubscriptionId,
    preserveBillingCycleAnchor: false,
  }
}
