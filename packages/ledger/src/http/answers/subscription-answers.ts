import { z } from 'zod'
import { balanceAnswer } from './answer-shapes.ts'
import { priceAnswer } from './catalog-answers.ts'
import { at, id, record } from './record.ts'

/** A subscription. */
export const subscriptionAnswer = z.object({
  ...record,
  startDate: at,
  customerId: id,
  organizationId: id,
  status: z.enum([
    'trialing',
    'active',
    'past_due',
    'cancellation_scheduled',
    'incomplete',
    'canceled',
  ]),
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
  interval: z.enum(['day', 'week', 'month', 'year']),
  intervalCount: z.int().min(1),
  billingCycleAnchorDate: at,
  name: z.string(),
  renews: z.boolean(),
  pricingModelId: id,
  scheduledAdjustmentAt: at.nullable(),
  current: z.boolean(),
})

/** A subscription item without its price. */
export const subscriptionItemAnswer = z.object({
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

const featureItemAnswer = z.object({
  ...record,
  subscriptionItemId: id,
  featureId: id,
  productFeatureId: id.nullable(),
  type: z.enum(['toggle', 'usage_credit_grant', 'resource']),
  amount: z.int().nullable(),
  usageMeterId: id.nullable(),
  renewalFrequency: z.enum(['once', 'every_billing_period']).nullable(),
  expiredAt: at.nullable(),
  detachedAt: at.nullable(),
  detachedReason: z.string().nullable(),
  manuallyCreated: z.boolean(),
  pricingModelId: id,
  resourceId: id.nullable(),
  name: z.string(),
  slug: z.string(),
})

/** A subscription with its items, features and balances. */
export const richSubscriptionAnswer = subscriptionAnswer.extend({
  subscriptionItems: z.array(subscriptionItemAnswer.extend({ price: priceAnswer })),
  experimental: z.object({
    featureItems: z.array(featureItemAnswer),
    usageMeterBalances: z.array(balanceAnswer),
  }),
})
