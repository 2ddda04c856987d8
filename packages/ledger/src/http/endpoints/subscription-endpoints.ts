import { z } from 'zod'
import { cancelSubscription, uncancelSubscription } from '../../commands/cancel-subscription.ts'
import { createSubscription } from '../../commands/create-subscription.ts'
import { findCustomerId } from '../../customers/find-customer-id.ts'
import { readCurrent } from '../../due/read-current.ts'
import { showSubscription } from '../../subscriptions/show-subscription.ts'
import { subscriptionSchema } from '../../core/schemas/subscription.ts'
import { endpoint } from '../endpoint.ts'
import {
  instant,
  metadata,
  namesOnePrice,
  ONE_PRICE,
  priceReference,
  quantity,
} from '../../core/schemas/fields.ts'

const createBody = z
  .object({
    customerId: z.string().optional(),
    customerExternalId: z.string().optional(),
    ...priceReference,
    quantity: quantity.default(1),
    doNotCharge: z.boolean().default(false),
    trialEnd: instant.optional(),
    name: z.string().max(200).optional(),
    metadata: metadata.nullish(),
  })
  .refine(namesOnePrice, ONE_PRICE)
  .meta({ description: `${ONE_PRICE}, and customerId or customerExternalId` })

/** Subscriptions without a checkout, cancellations. */
export const SUBSCRIPTION_ENDPOINTS = [
  endpoint('POST /subscriptions', {
    summary: 'Create a subscription without a checkout, charged to the payment method on file',
    body: createBody,
    answer: z.object({ subscription: subscriptionSchema }),
    handle: async ({ ledger, scope, body }) => {
      const subscription = await createSubscription(ledger, {
        ...body,
        ...scope,
        customerId: await findCustomerId(ledger, { ...body, ...scope }),
      })
      return { subscription: showSubscription(subscription) }
    },
  }),
  endpoint('GET /subscriptions/:subscriptionId', {
    summary: 'Read a subscription',
    answer: z.object({ subscription: subscriptionSchema }),
    handle: async ({ ledger, scope }) => ({
      subscription: showSubscription(await readCurrent(ledger, scope)),
    }),
  }),
  endpoint('POST /subscriptions/:subscriptionId/cancel', {
    summary: 'Cancel a paid subscription, at once or at the end of its period',
    body: z.object({
      cancellation: z.object({
        timing: z.enum(['immediately', 'at_end_of_current_billing_period']),
      }),
    }),
    answer: z.object({ subscription: subscriptionSchema }),
    handle: async ({ ledger, scope, body }) => ({
      subscription: showSubscription(
        await cancelSubscription(ledger, { ...body.cancellation, ...scope }),
      ),
    }),
  }),
  endpoint('POST /subscriptions/:subscriptionId/uncancel', {
    summary: 'Undo a scheduled cancellation',
    answer: z.object({ subscription: subscriptionSchema }),
    handle: async ({ ledger, scope }) => ({
      subscription: showSubscription(await uncancelSubscription(ledger, scope)),
    }),
  }),
]
