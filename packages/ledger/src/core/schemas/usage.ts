import { z } from 'zod'
import { amount, instant, metadata } from './fields.ts'
import { at, id, record } from './record.ts'

const properties = z.record(z.string(), z.unknown()).nullable()

/** A usage event. */
export const usageEventSchema = z.object({
  ...record,
  customerId: id,
  subscriptionId: id,
  usageMeterId: id,
  billingPeriodId: id,
  amount: z.int().min(1),
  usageDate: at,
  transactionId: z.string(),
  priceId: id,
  properties,
  pricingModelId: id,
})

/** A usage event as a reconciliation compares it. */
export const listedUsageSchema = z.object({
  id,
  transactionId: z.string(),
  usageMeterSlug: z.string(),
  amount: z.int().min(1),
  usageDate: at,
  subscriptionId: id,
  properties,
})

/** What was used of one meter on one day (UTC). */
export const dayOfUsageSchema = z.object({
  day: z.iso.date(),
  usageMeterSlug: z.string(),
  amount: z.int().min(0),
  events: z.int().min(1),
})

/** A usage event to record; exactly one of the four identifiers is given. */
export const usageReportSchema = z
  .object({
    subscriptionId: z.string(),
    transactionId: z.string().max(255),
    amount,
    usageDate: instant.optional(),
    properties: metadata.nullish(),
    usageMeterId: z.string().optional(),
    usageMeterSlug: z.string().optional(),
    priceId: z.string().optional(),
    priceSlug: z.string().optional(),
  })
  .refine(
    ({ usageMeterId, usageMeterSlug, priceId, priceSlug }) =>
      [usageMeterId, usageMeterSlug, priceId, priceSlug].filter((name) => name !== undefined)
        .length === 1,
    'give exactly one of usageMeterId, usageMeterSlug, priceId and priceSlug',
  )
export type UsageReport = z.output<typeof usageReportSchema>
