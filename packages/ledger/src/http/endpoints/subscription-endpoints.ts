import { z } from 'zod'
import type { Ledger } from '../../ledger.ts'
import {
  type Adjustment,
  adjustSubscription,
  previewAdjustment,
} from '../../subscriptions/adjust-subscription.ts'
import {
  cancelScheduledAdjustment,
  cancelSubscription,
  uncancelSubscription,
} from '../../subscriptions/cancel-subscription.ts'
import { createSubscription } from '../../subscriptions/create-subscription.ts'
import { addFeature } from '../../subscriptions/add-feature.ts'
import { findCustomerId } from '../../customers/find-customer-id.ts'
import { readCurrent } from '../../subscriptions/read-current.ts'
import { readShownItems } from '../../subscriptions/read-shown-items.ts'
import { showSubscription } from '../../subscriptions/show-subscription.ts'
import { endpoint } from '../endpoint.ts'
import { instant, metadata, namesOnePrice, ONE_PRICE, priceReference, quantity } from '../fields.ts'

const adjustBody = z.object({
  adjustment: z.object({
    timing: z.enum(['auto', 'immediately', 'at_end_of_current_billing_period']).default('auto'),
    newSubscriptionItems: z
      .array(
        z
          .object({ ...priceReference, quantity: quantity.default(1) })
          .refine(namesOnePrice, ONE_PRICE),
      )
      .min(1)
      .max(20),
    prorateCurrentBillingPeriod: z.boolean().default(true),
  }),
})

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

const ONE_FEATURE = 'give exactly one of featureId and featureSlug'

type AdjustBody = z.output<typeof adjustBody>

/** Subscriptions and their changes. */
export const SUBSCRIPTION_ENDPOINTS = [
  endpoint({
    method: 'post',
    path: '/subscriptions',
    summary:
      'Open a subscription without a checkout; what it costs is charged to the method on file',
    body: createBody,
    handle: async ({ ledger, organizationId, body }) => {
      const { customerId, customerExternalId, ...request } = body
      const subscription = await createSubscription(ledger, {
        ...request,
        organizationId,
        customerId: await findCustomerId(ledger, {
          organizationId,
          customerId,
          customerExternalId,
        }),
      })
      return { subscription: showSubscription(subscription) }
    },
  }),
  endpoint({
    method: 'post',
    path: '/subscriptions/:id/add-feature',
    summary: 'Give a subscription a feature beside those of its plan; again adds to its amount',
    body: z
      .object({
        featureId: z.string().optional(),
        featureSlug: z.string().optional(),
        grantCreditsImmediately: z.boolean().default(false),
      })
      .refine(
        (body) => (body.featureId === undefined) !== (body.featureSlug === undefined),
        ONE_FEATURE,
      )
      .meta({ description: ONE_FEATURE }),
    handle: async ({ ledger, organizationId, params, body }) => ({
      subscriptionItemFeature: await addFeature(ledger, {
        ...body,
        organizationId,
        subscriptionId: params['id'] ?? '',
      }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/subscriptions/:id',
    summary: 'Read a subscription',
    handle: async ({ ledger, organizationId, params }) => ({
      subscription: showSubscription(
        await readCurrent(ledger, { organizationId, subscriptionId: params['id'] ?? '' }),
      ),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/subscriptions/:id/adjust',
    summary:
      'Change the plan: upgrades at once against payment of the difference, downgrades at the period’s end',
    body: adjustBody,
    handle: async ({ ledger, organizationId, params, body }) => {
      const key = { organizationId, subscriptionId: params['id'] ?? '' }
      const { timing, isUpgrade } = await adjustSubscription(ledger, toAdjustment(key, body))
      return { ...(await showAdjusted(ledger, key)), resolvedTiming: timing, isUpgrade }
    },
  }),
  endpoint({
    method: 'post',
    path: '/subscriptions/:id/preview-adjust',
    summary: 'Say what a change of plan would cost and when it would happen; changes nothing',
    body: adjustBody,
    handle: async ({ ledger, organizationId, params, body }) => {
      const key = { organizationId, subscriptionId: params['id'] ?? '' }
      const plan = await previewAdjustment(ledger, toAdjustment(key, body))
      return {
        canAdjust: true,
        isUpgrade: plan.isUpgrade,
        resolvedTiming: plan.timing,
        prorationAmount: plan.dueNow,
        currency: plan.currency,
        effectiveDate: plan.effectiveAt,
      }
    },
  }),
  endpoint({
    method: 'post',
    path: '/subscriptions/:id/cancel-scheduled-adjustment',
    summary: 'Take a change back that was to happen at the end of the period',
    handle: async ({ ledger, organizationId, params }) => ({
      subscription: showSubscription(
        await cancelScheduledAdjustment(ledger, {
          organizationId,
          subscriptionId: params['id'] ?? '',
        }),
      ),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/subscriptions/:id/cancel',
    summary: 'Cancel a paid subscription, at once or at the end of its period',
    body: z.object({
      cancellation: z.object({
        timing: z.enum(['immediately', 'at_end_of_current_billing_period']),
      }),
    }),
    handle: async ({ ledger, organizationId, params, body }) => ({
      subscription: showSubscription(
        await cancelSubscription(ledger, {
          organizationId,
          subscriptionId: params['id'] ?? '',
          timing: body.cancellation.timing,
        }),
      ),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/subscriptions/:id/uncancel',
    summary: 'Take a scheduled cancellation back',
    handle: async ({ ledger, organizationId, params }) => ({
      subscription: showSubscription(
        await uncancelSubscription(ledger, {
          organizationId,
          subscriptionId: params['id'] ?? '',
        }),
      ),
    }),
  }),
]

type Key = { organizationId: string; subscriptionId: string }

function toAdjustment(key: Key, { adjustment }: AdjustBody): Adjustment {
  return {
    ...key,
    items: adjustment.newSubscriptionItems,
    timing: adjustment.timing,
    prorate: adjustment.prorateCurrentBillingPeriod,
  }
}

async function showAdjusted(ledger: Ledger, key: Key) {
  return {
    subscription: showSubscription(await readCurrent(ledger, key)),
    subscriptionItems: await readShownItems(ledger.database, {
      organizationId: key.organizationId,
      subscriptionIds: [key.subscriptionId],
    }),
  }
}
