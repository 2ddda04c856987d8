import { ALERT_THRESHOLDS, type Alert, type BillingCustomer } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure, protectedProcedure, router } from '../trpc.ts'
import type { AlertService } from './alert-service.ts'

/** As many as are listed at once. */
const READ_AT_ONCE_MAX = 50

const threshold = z.literal(ALERT_THRESHOLDS)
const alertId = z.string().min(1).max(64)
const promptId = z
  .string()
  .max(200)
  .regex(/^[\w:.+-]+$/)

const alert: z.ZodType<Alert> = z.object({
  id: z.string(),
  meter: z.string(),
  threshold,
  used: z.number(),
  granted: z.number(),
  resetsAt: instantSchema.nullable(),
  raisedAt: instantSchema,
  isRead: z.boolean(),
})
const listAnswer = z
  .object({ alerts: z.array(alert), unread: z.number() })
  .describe('The newest alerts of the caller, and how many are unread')
const preferences = z.object({
  thresholds: z
    .array(threshold)
    .max(ALERT_THRESHOLDS.length)
    .transform((chosen) => ALERT_THRESHOLDS.filter((one) => chosen.includes(one))),
})
const preferencesAnswer = z
  .object({ thresholds: z.array(threshold), dismissedPrompts: z.array(z.string()) })
  .describe('What the caller wants to be alerted of, and which upgrade prompts were closed')

const REASON = 'only changes what its caller is shown'

/** Alerts of what was used: the list, and what a customer wants to be alerted of. */
export const alertsRouter = router({
  /** The newest alerts, without those that were dismissed. */
  list: protectedProcedure
    .output(listAnswer)
    .query(({ ctx }) => ctx.alerts.list(ctx.customer.customerId)),
  /** Marks alerts as read. */
  markRead: freeProcedure(REASON)
    .input(z.object({ ids: z.array(alertId).min(1).max(READ_AT_ONCE_MAX) }))
    .output(listAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.markRead(ctx.customer.customerId, input.ids)
      return ctx.alerts.list(ctx.customer.customerId)
    }),
  /** Takes an alert off the list. */
  dismiss: freeProcedure(REASON)
    .input(z.object({ id: alertId }))
    .output(listAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.dismiss(ctx.customer.customerId, input.id)
      return ctx.alerts.list(ctx.customer.customerId)
    }),
  /** What the customer wants to be alerted of, and which upgrade prompts it closed. */
  preferences: protectedProcedure.output(preferencesAnswer).query(({ ctx }) => preferencesOf(ctx)),
  /** Says what to be alerted of from now on. */
  setPreferences: freeProcedure(REASON)
    .input(preferences)
    .output(preferencesAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.setPreferences(ctx.customer.customerId, input)
      return preferencesOf(ctx)
    }),
  /** Closes an upgrade prompt for its threshold and period. */
  dismissPrompt: freeProcedure(REASON)
    .input(z.object({ id: promptId }))
    .output(preferencesAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.dismissPrompt(ctx.customer.customerId, input.id)
      return preferencesOf(ctx)
    }),
})

async function preferencesOf({ alerts, customer }: AlertContext) {
  const [{ thresholds }, dismissedPrompts] = await Promise.all([
    alerts.preferences(customer.customerId),
    alerts.dismissedPrompts(customer.customerId),
  ])
  return { thresholds, dismissedPrompts }
}

type AlertContext = { alerts: AlertService; customer: BillingCustomer }
