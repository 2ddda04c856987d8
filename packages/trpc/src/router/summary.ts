import type { BillingSummary } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { requireOwner } from './require-owner.ts'
import { readSummaryCached } from './summary-cache.ts'

/** The customer's amount due, next charge, payment method and invoices; only for those who pay for the customer. */
export function summary({ signedIn }: BillingProcedures) {
  return signedIn.output(summaryAnswer).query(({ ctx }) => {
    requireOwner(ctx.billing)
    return readSummaryCached(ctx.billing.metering.backend, ctx.billing.customer)
  })
}

const summaryAnswer: z.ZodType<BillingSummary> = z
  .object({
    amountDue: z
      .object({ amount: z.number(), currency: z.string(), invoiceNumber: z.string() })
      .nullable(),
    nextCharge: z
      .object({ at: instantSchema, amount: z.number().nullable(), currency: z.string() })
      .nullable(),
    paymentMethods: z.array(
      z.object({
        type: z.string(),
        brand: z.string().nullable(),
        last4: z.string().nullable(),
        isDefault: z.boolean(),
      }),
    ),
    invoices: z.array(
      z.object({
        number: z.string(),
        status: z.enum(['open', 'paid', 'refunded', 'partially_refunded', 'void', 'unpaid']),
        issuedAt: instantSchema,
        currency: z.string(),
        total: z.number(),
        lines: z.array(
          z.object({ description: z.string(), quantity: z.number(), unitPrice: z.number() }),
        ),
        pdfUrl: z.string().nullable(),
      }),
    ),
  })
  .describe('What the caller owes, will be charged next, pays with and was billed')
