import { z } from 'zod'
import type { Ledger } from '../../core/ledger.ts'
import {
  type Adjustment,
  adjustSubscription,
  previewAdjustment,
} from '../../commands/adjust-subscription.ts'
import { cancelScheduledAdjustment } from '../../commands/cancel-subscription.ts'
import { readCurrent } from '../../due/read-current.ts'
import { readShownItems } from '../../subscriptions/read-shown-items.ts'
import { showSubscription } from '../../subscriptions/show-subscription.ts'
import { subscriptionItemSchema, subscriptionSchema } from '../../core/schemas/subscription.ts'
import { endpoint } from '../endpoint.ts'
import { namesOnePrice, ONE_PRICE, priceReference, quantity } from '../../core/schemas/fields.ts'

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

const resolvedTiming = z.enum(['immediately', 'at_end_of_current_billing_period'])

/** Changes of plan: applied, previewed, cancelled. */
export const ADJUSTMENT_ENDPOINTS = [
  endpoint('POST /subscriptions/:subscriptionId/adjust', {
    summary:
      'Change the plan: upgrades at once against payment of the difference, downgrades at the period’s end',
    body: adjustBody,
    answer: z.object({
      subscription: subscriptionSchema,
      subscriptionItems: z.array(subscriptionItemSchema),
      resolvedTiming,
      isUpgrade: z.boolean(),
    }),
    handle: async ({ ledger, scope, body }) => {
      const { timing, isUpgrade } = await adjustSubscription(ledger, toAdjustment(scope, body))
      return { ...(await showAdjusted(ledger, scope)), resolvedTiming: timing, isUpgrade }
    },
  }),
  endpoint('POST /subscriptions/:subscriptionId/preview-adjust', {
    summary: 'Preview what a change of plan would cost and when it would happen',
    body: adjustBody,
    answer: z.object({
      canAdjust: z.literal(true),
      isUpgrade: z.boolean(),
      resolvedTiming,
      prorationAmount: z.int().min(0),
      currency: z.string(),
      effectiveDate: z.int(),
    }),
    handle: async ({ ledger, scope, body }) => {
      const plan = await previewAdjustment(ledger, toAdjustment(scope, body))
      return {
        canAdjust: true as const,
        isUpgrade: plan.isUpgrade,
        resolvedTiming: plan.timing,
        prorationAmount: plan.dueNow,
        currency: plan.currency,
        effectiveDate: plan.effectiveAt,
      }
    },
  }),
  endpoint('POST /subscriptions/:subscriptionId/cancel-scheduled-adjustment', {
    summary: 'Cancel a scheduled change of plan',
    answer: z.object({ subscription: subscriptionSchema }),
    handle: async ({ ledger, scope }) => ({
      subscription: showSubscription(await cancelScheduledAdjustment(ledger, scope)),
    }),
  }),
]

type AdjustBody = z.output<typeof adjustBody>
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
