import { z } from 'zod'
import { FlowgladFailure } from './flowglad-failure.ts'

// Only the fields that we read; all others are ignored. Times are epoch milliseconds.

const featureSchema = z.object({
  type: z.string(),
  slug: z.string(),
  name: z.string(),
  amount: z.number().nullish(),
  usageMeterId: z.string().nullish(),
  renewalFrequency: z.string().nullish(),
})

const priceSchema = z.object({
  id: z.string(),
  slug: z.string().nullish(),
  type: z.string(),
  unitPrice: z.number(),
  currency: z.string(),
  active: z.boolean(),
  intervalUnit: z.string().nullish(),
})

const productSchema = z.object({
  slug: z.string().nullish(),
  name: z.string(),
  description: z.string().nullish(),
  active: z.boolean(),
  default: z.boolean(),
  prices: z.array(priceSchema),
  features: z.array(featureSchema),
})

const pricingModelSchema = z.object({
  isDefault: z.boolean().nullish(),
  products: z.array(productSchema),
  usageMeters: z.array(z.object({ id: z.string(), slug: z.string() })),
})

const featureItemSchema = featureSchema.extend({ expiredAt: z.number().nullish() })

const balanceSchema = z.object({
  id: z.string(),
  slug: z.string(),
  availableBalance: z.number(),
  // Exact figures of our self-hosted backend; the hosted service does not send them.
  balanceLimit: z.number().optional().catch(undefined),
  breakdown: z
    .array(
      z.object({
        source: z.enum(['plan', 'topup', 'grant']),
        name: z.string(),
        granted: z.number(),
        remaining: z.number(),
        expiresAt: z.union([z.number(), z.iso.datetime()]).nullable(),
      }),
    )
    .optional()
    .catch(undefined),
})

const subscriptionSchema = z.object({
  id: z.string(),
  status: z.string(),
  name: z.string().nullish(),
  priceId: z.string().nullish(),
  isFreePlan: z.boolean().nullish(),
  currentBillingPeriodStart: z.number().nullish(),
  currentBillingPeriodEnd: z.number().nullish(),
  cancelScheduledAt: z.number().nullish(),
  scheduledAdjustmentAt: z.number().nullish(),
  subscriptionItems: z
    .array(z.object({ unitPrice: z.number(), quantity: z.number() }))
    .nullish()
    .catch(null),
  experimental: z
    .object({
      featureItems: z.array(featureItemSchema),
      usageMeterBalances: z.array(balanceSchema),
    })
    .optional(),
})

/** Only the status of an invoice must be valid: it decides what a customer owns. The other fields are for display. */
const invoiceSchema = z.object({
  status: z.string(),
  id: shown(z.string()),
  invoiceNumber: shown(z.string()),
  invoiceDate: shown(z.number()),
  currency: shown(z.string()),
  subtotal: shown(z.number()),
  taxAmount: shown(z.number()),
  subscriptionId: shown(z.string()),
  pdfURL: shown(z.url({ protocol: /^https?$/ })),
})

const invoiceLineSchema = z.object({
  description: shown(z.string()),
  price: z.number(),
  quantity: z.number(),
})

const paymentMethodSchema = z.object({
  type: z.string(),
  default: z.boolean(),
  paymentMethodData: shown(z.object({ brand: shown(z.string()), last4: shown(z.string()) })),
})

/** Fields for display may be missing or invalid without making the answer useless. */
function shown<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().catch(null)
}

export const billingSchema = z.object({
  customer: z.object({ archived: z.boolean().nullish() }).nullish(),
  currentSubscription: subscriptionSchema.nullish(),
  currentSubscriptions: z.array(subscriptionSchema).nullish(),
  invoices: z
    .array(
      z.object({ invoice: invoiceSchema, invoiceLineItems: shown(z.array(invoiceLineSchema)) }),
    )
    .nullish(),
  paymentMethods: shown(z.array(paymentMethodSchema)),
  billingPortalUrl: shown(z.url({ protocol: /^https?$/ })),
  pricingModel: pricingModelSchema,
})

export const pricingModelAnswerSchema = z.object({ pricingModel: pricingModelSchema })

const usageEventSchema = z.object({
  transactionId: z.string(),
  subscriptionId: z.string(),
  usageMeterId: z.string(),
  amount: z.number(),
})

export const usageEventAnswerSchema = z.object({ usageEvent: usageEventSchema })
export const usageEventsAnswerSchema = z.object({ usageEvents: z.array(usageEventSchema) })

export const checkoutAnswerSchema = z.object({
  checkoutSession: z.object({ id: z.string() }),
  url: z.url(),
})

export type WireInvoice = NonNullable<WireBilling['invoices']>[number]
export type WireBilling = z.infer<typeof billingSchema>
export type WireSubscription = z.infer<typeof subscriptionSchema>
export type WirePricingModel = z.infer<typeof pricingModelSchema>
export type WireProduct = z.infer<typeof productSchema>
export type WirePrice = z.infer<typeof priceSchema>
export type WireFeatureItem = z.infer<typeof featureItemSchema>
export type WireBalance = z.infer<typeof balanceSchema>
export type WireUsageEvent = z.infer<typeof usageEventSchema>

/** Parses an answer; one that is not in Flowglad's documented format, such as a proxy's page, is an error. */
export function readAnswer<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new FlowgladFailure(
    'unreachable',
    `Flowglad's answer to ${what} is not in its documented form: ${issue?.path.join('.') || 'body'}: ${issue?.message}. Is its base URL right?`,
    { cause: parsed.error },
  )
}
