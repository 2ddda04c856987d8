import type { BillingCustomer } from '@tollgate/contract'
import { TRPCError } from '@trpc/server'
import { ZodRealError } from 'zod'
import { ownIssue } from '../input-issues.ts'
import { requireBuyer } from '../team/require-buyer.ts'
import type { User } from '../team/user.ts'
import { freeProcedure, protectedProcedure, router } from '../trpc.ts'
import {
  alertsAnswer,
  alertsToRead,
  oneAlert,
  onePrompt,
  preferencesAnswer,
  preferencesChange,
} from './alert-schemas.ts'
import type { AlertReader, AlertService } from './alert-service.ts'

const REASON = 'only changes what its caller is shown and sent'

/** Usage alerts: the list, and the customer's preferences. */
export const alertsRouter = router({
  /** The newest alerts, without dismissed ones. */
  list: protectedProcedure.output(alertsAnswer).query(({ ctx }) => ctx.alerts.list(readerOf(ctx))),
  /** Marks alerts as read. */
  markRead: freeProcedure(REASON)
    .input(alertsToRead)
    .output(alertsAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.markRead(readerOf(ctx), input.ids)
      return ctx.alerts.list(readerOf(ctx))
    }),
  /** Removes an alert from the list. */
  dismiss: freeProcedure(REASON)
    .input(oneAlert)
    .output(alertsAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.dismiss(ctx.customer.customerId, input.id)
      return ctx.alerts.list(readerOf(ctx))
    }),
  /** The customer's alert preferences, and which upgrade prompts it closed. */
  preferences: protectedProcedure.output(preferencesAnswer).query(({ ctx }) => preferencesOf(ctx)),
  /** Changes which alerts the customer gets, or where they are sent. */
  setPreferences: freeProcedure(REASON)
    .input(preferencesChange)
    .output(preferencesAnswer)
    .mutation(async ({ ctx, input }) => {
      if (ctx.user?.membership) requireBuyer(ctx.user.membership)
      const { webhookUrl } = input
      const problem = webhookUrl ? ctx.alerts.webhookAddressProblem(webhookUrl) : null
      if (problem !== null) throw invalidWebhookUrl(problem)
      await ctx.alerts.setPreferences(ctx.customer.customerId, input)
      return preferencesOf(ctx)
    }),
  /** Closes an upgrade prompt for its threshold and period. */
  dismissPrompt: freeProcedure(REASON)
    .input(onePrompt)
    .output(preferencesAnswer)
    .mutation(async ({ ctx, input }) => {
      await ctx.alerts.dismissPrompt(ctx.customer.customerId, input.id)
      return preferencesOf(ctx)
    }),
})

type AlertContext = {
  alerts: AlertService
  customer: BillingCustomer
  isGuest: boolean
  user: User | null
}

function readerOf({ customer, user }: Pick<AlertContext, 'customer' | 'user'>): AlertReader {
  return { customerId: customer.customerId, memberId: user?.membership ? user.id : null }
}

async function preferencesOf({ alerts, customer, isGuest, user }: AlertContext) {
  const [preferences, isEmailVerified, dismissedPrompts] = await Promise.all([
    alerts.preferences(customer.customerId),
    alerts.isEmailVerified(customer.customerId),
    alerts.dismissedPrompts(customer.customerId),
  ])
  const emailAddress = alerts.sendsEmail && !isGuest ? customer.email : null
  const mayChange = user?.membership?.mayBuy ?? true
  // A member who may not change the address does not need the secret that signs its webhooks.
  const webhookSecret = mayChange ? preferences.webhookSecret : null
  return {
    ...preferences,
    webhookSecret,
    emailAddress,
    isEmailVerified,
    mayChange,
    dismissedPrompts,
  }
}

function invalidWebhookUrl(problem: string): TRPCError {
  const issue = { ...ownIssue('webhook_url', problem), path: ['webhookUrl'], input: undefined }
  // tRPC only keeps a cause that is an `Error`, which `ZodError` is not.
  return new TRPCError({ code: 'BAD_REQUEST', cause: new ZodRealError([issue]) })
}
