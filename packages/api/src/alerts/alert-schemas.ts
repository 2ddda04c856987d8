import { ALERT_THRESHOLDS, type Alert } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'

/** The number of alerts that are listed at once. */
const READ_AT_ONCE_MAX = 50
const URL_LENGTH_MAX = 500

const threshold = z.literal(ALERT_THRESHOLDS)
const alertId = z.string().min(1).max(64)
const language = z.enum(['en', 'de'])

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

/** A list of alerts. */
export const alertsAnswer = z
  .object({ alerts: z.array(alert), unread: z.number() })
  .describe('The newest alerts of the caller, and how many are unread')

/** Alerts to mark as read. */
export const alertsToRead = z.object({ ids: z.array(alertId).min(1).max(READ_AT_ONCE_MAX) })

/** One alert. */
export const oneAlert = z.object({ id: alertId })

/** An upgrade prompt, identified by its subject. */
export const onePrompt = z.object({
  id: z
    .string()
    .max(200)
    .regex(/^[\w:.+-]+$/),
})

/** A change of the preferences. */
export const preferencesChange = z
  .object({
    thresholds: z
      .array(threshold)
      .max(ALERT_THRESHOLDS.length)
      .transform((chosen) => ALERT_THRESHOLDS.filter((one) => chosen.includes(one))),
    email: z.boolean(),
    language,
    webhookUrl: z.string().max(URL_LENGTH_MAX).nullable(),
  })
  .partial()

/** Which alerts a customer wants, and where they are sent. */
export const preferencesAnswer = z
  .object({
    thresholds: z.array(threshold),
    email: z.boolean(),
    language,
    webhookUrl: z.string().nullable(),
    webhookSecret: z.string().nullable(),
    emailAddress: z.string().nullable(),
    isEmailVerified: z.boolean(),
    mayChange: z.boolean(),
    dismissedPrompts: z.array(z.string()),
  })
  .describe('What the caller wants to be alerted of and where, and which upgrade prompts it closed')
