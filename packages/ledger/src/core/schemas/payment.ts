import { z } from 'zod'
import { at, id, record } from './record.ts'

/** A checkout session; Flowglad's fields that this backend does not have are null. */
export const checkoutSchema = z.object({
  ...record,
  organizationId: id,
  pricingModelId: id,
  type: z.enum(['product', 'add_payment_method', 'activate_subscription']),
  status: z.enum(['open', 'pending', 'succeeded', 'failed', 'expired']),
  priceId: id.nullable(),
  quantity: z.int().min(1),
  customerId: id,
  customerEmail: z.string(),
  customerName: z.string(),
  discountId: z.null(),
  purchaseId: z.null(),
  invoiceId: z.null(),
  expires: at,
  successUrl: z.string(),
  cancelUrl: z.string(),
  outputName: z.string().nullable(),
  outputMetadata: z.unknown(),
  paymentMethodType: z.null(),
  billingAddress: z.null(),
  automaticallyUpdateSubscriptions: z.null(),
  targetSubscriptionId: id.nullable(),
  preserveBillingCycleAnchor: z.boolean(),
})

const payment = {
  id,
  reason: z.enum(['checkout', 'start', 'renewal', 'adjustment']),
  status: z.enum(['pending', 'succeeded', 'failed', 'refunded']),
  amount: z.int().min(0),
  currency: z.string(),
  refundedAmount: z.int().min(0),
  subscriptionId: id.nullable(),
  invoiceId: id.nullable(),
  failure: z.string().nullable(),
  createdAt: at,
}

/** A payment in a list. */
export const listedPaymentSchema = z.object({
  ...payment,
  ...record,
  organizationId: id,
  customerId: id,
})

/** A payment after a refund, with the state of its collection. */
export const refundedPaymentSchema = z.object({
  ...payment,
  checkoutSessionId: id.nullable(),
  billingPeriodId: id.nullable(),
  attempt: z.int().min(0),
  providerReference: z.string().nullable(),
  detail: z.unknown(),
  slot: z.string().nullable(),
  refundDueAt: at.nullable(),
  nextAttemptAt: at.nullable(),
})
