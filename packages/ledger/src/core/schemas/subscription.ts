import { z } from 'zod'
import { featureGrant, intervalUnit, priceSchema } from '../pricing-model.ts'
import { balanceSchema } from './credits.ts'
import { at, id, record } from './record.ts'
import { subscriptionStatus } from './subscription-status.ts'

/** A subscription. */
export const subscriptionSchema = z.object({
  ...record,
  startDate: at,
  customerId: id,
  organizationId: id,
  status: subscriptionStatus,
  defaultPaymentMethodId: id.nullable(),
  backupPaymentMethodId: z.null(),
  trialEnd: at.nullable(),
  currentBillingPeriodStart: at,
  currentBillingPeriodEnd: at,
  metadata: z.unknown(),
  canceledAt: at.nullable(),
  cancelScheduledAt: at.nullable(),
  cancellationReason: z.string().nullable(),
  replacedBySubscriptionId: id.nullable(),
  isFreePlan: z.boolean(),
  doNotCharge: z.boolean(),
  priceId: id,
  runBillingAtPeriodStart: z.boolean(),
  interval: intervalUnit,
  intervalCount: z.int().min(1),
  billingCycleAnchorDate: at,
  name: z.string(),
  renews: z.boolean(),
  pricingModelId: id,
  scheduledAdjustmentAt: at.nullable(),
  current: z.boolean(),
})
export type SubscriptionRecord = z.output<typeof subscriptionSchema>

/** A subscription item without its price. */
export const subscriptionItemSchema = z.object({
  ...record,
  subscriptionId: id,
  name: z.string().nullable(),
  addedDate: at,
  priceId: id,
  unitPrice: z.int().min(0),
  quantity: z.int().min(1),
  metadata: z.unknown(),
  type: z.literal('static'),
  externalId: z.null(),
  expiredAt: at.nullable(),
  manuallyCreated: z.boolean(),
  pricingModelId: id,
})
export type ShownItem = z.output<typeof subscriptionItemSchema>

const featureItemSchema = z.object({
  ...record,
  ...featureGrant,
  subscriptionItemId: id,
  featureId: id,
  productFeatureId: id.nullable(),
  expiredAt: at.nullable(),
  detachedAt: at.nullable(),
  detachedReason: z.string().nullable(),
  manuallyCreated: z.boolean(),
  pricingModelId: id,
  name: z.string(),
  slug: z.string(),
})
export type FeatureItem = z.output<typeof featureItemSchema>

/** A subscription with its items, features and balances. */
export const richSubscriptionSchema = subscriptionSchema.extend({
  subscriptionItems: z.array(subscriptionItemSchema.extend({ price: priceSchema })),
  experimental: z.object({
    featureItems: z.array(featureItemSchema),
    usageMeterBalances: z.array(balanceSchema),
  }),
})
export type RichSubscription = z.output<typeof richSubscriptionSchema>
