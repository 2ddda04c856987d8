import { z } from 'zod'
import { pricingModelSchema } from '../pricing-model.ts'
import { customerSchema } from './customer.ts'
import { at, id } from './record.ts'
import { richSubscriptionSchema } from './subscription.ts'

/** Everything about a customer. Invoices, payment methods and purchases carry all of Flowglad's fields; these are the ones we use. */
export const billingSchema = z.object({
  customer: customerSchema,
  subscriptions: z.array(richSubscriptionSchema),
  currentSubscriptions: z.array(richSubscriptionSchema),
  currentSubscription: richSubscriptionSchema.optional(),
  invoices: z.array(
    z.object({
      invoice: z.looseObject({
        id,
        status: z.string(),
        invoiceNumber: z.string(),
        invoiceDate: at,
        currency: z.string(),
        subtotal: z.int(),
      }),
      invoiceLineItems: z.array(z.unknown()),
    }),
  ),
  paymentMethods: z.array(
    z.looseObject({
      id,
      type: z.string(),
      default: z.boolean(),
      paymentMethodData: z.unknown(),
    }),
  ),
  purchases: z.array(z.looseObject({ id, priceId: id, status: z.string() })),
  catalog: pricingModelSchema,
  pricingModel: pricingModelSchema,
  billingPortalUrl: z.string().nullable(),
})
export type Billing = z.output<typeof billingSchema>
