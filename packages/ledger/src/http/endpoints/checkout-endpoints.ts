import { z } from 'zod'
import { countOpenCheckouts } from '../../checkout/count-open-checkouts.ts'
import { requireCustomer } from '../../core/customer.ts'
import { showCheckout } from '../../checkout/checkout-session.ts'
import { openCheckout } from '../../checkout/open-checkout.ts'
import { checkoutSchema } from '../../core/schemas/payment.ts'
import { endpoint } from '../endpoint.ts'
import {
  externalId,
  metadata,
  namesOnePrice,
  ONE_PRICE,
  priceReference,
  quantity,
} from '../../core/schemas/fields.ts'

const shared = {
  customerExternalId: externalId,
  successUrl: z.url().max(2_000),
  cancelUrl: z.url().max(2_000),
  outputName: z.string().max(200).optional(),
  outputMetadata: metadata.nullish(),
  /** Our own extension: the language of the page. */
  language: z.string().max(35).optional(),
}

const checkoutSession = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('product'),
      ...shared,
      ...priceReference,
      quantity: quantity.default(1),
    })
    .refine(namesOnePrice, ONE_PRICE),
  z.object({
    type: z.literal('add_payment_method'),
    ...shared,
    targetSubscriptionId: z.string().optional(),
  }),
  z.object({
    type: z.literal('activate_subscription'),
    ...shared,
    targetSubscriptionId: z.string(),
  }),
])

/** Checkout sessions. */
export const CHECKOUT_ENDPOINTS = [
  endpoint('GET /customers/:externalId/open-checkouts', {
    summary: 'Count the checkouts of a customer that can still be paid',
    answer: z.object({ openCheckouts: z.int().min(0) }),
    handle: async ({ ledger, scope }) => {
      const { customer } = await requireCustomer(ledger.database, scope)
      const open = { ...scope, customerId: customer.id, now: ledger.clock.now() }
      return { openCheckouts: await countOpenCheckouts(ledger.database, open) }
    },
  }),
  endpoint('POST /checkout-sessions', {
    summary: 'Open a checkout for a plan, a top-up or a payment method; answers with its page',
    body: z.object({ checkoutSession }),
    answer: z.object({ checkoutSession: checkoutSchema, url: z.string() }),
    handle: async ({ ledger, scope, body }) => {
      const { session, url } = await openCheckout(ledger, {
        quantity: 1,
        ...body.checkoutSession,
        ...scope,
      })
      return { checkoutSession: showCheckout(session), url }
    },
  }),
]
