import { notFound } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'

/** The kinds of checkout the API can open. */
export type CheckoutType = 'product' | 'add_payment_method' | 'activate_subscription'

/** A stored checkout session. */
export type CheckoutRow = {
  organizationId: string
  customerId: string
  id: string
  pricingModelId: string
  type: CheckoutType
  status: 'open' | 'pending' | 'succeeded' | 'failed' | 'expired'
  priceId: string | null
  quantity: number
  successUrl: string
  cancelUrl: string
  outputName: string | null
  outputMetadata: unknown
  targetSubscriptionId: string | null
  expiresAt: number
  createdAt: number
  updatedAt: number
  customerEmail: string
  customerName: string
}

const COLUMNS = `session.organization_id as "organizationId", session.customer_id as "customerId", session.id,
  session.pricing_model_id as "pricingModelId", session.type, session.status, session.price_id as "priceId",
  session.quantity, session.success_url as "successUrl", session.cancel_url as "cancelUrl",
  session.output_name as "outputName", session.output_metadata as "outputMetadata",
  session.target_subscription_id as "targetSubscriptionId", session.expires_at as "expiresAt",
  session.created_at as "createdAt", session.updated_at as "updatedAt",
  customer.email as "customerEmail", customer.name as "customerName"`

const FROM = `checkout_session session
  join customer on customer.organization_id = session.organization_id and customer.id = session.customer_id`

/** Reads a checkout by the one thing its page knows: its unguessable id. */
export async function readCheckout(from: Queryable, id: string): Promise<CheckoutRow> {
  const [row] = await from.query<CheckoutRow>({
    name: 'read-checkout',
    text: `select ${COLUMNS} from ${FROM} where session.id = $1`,
    values: [id],
  })
  if (!row) throw notFound('checkout session', id)
  return row
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
