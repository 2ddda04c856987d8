import { z } from 'zod'
import { grantCredits, revokeCredits } from '../../commands/adjust-credits.ts'
import { readLedgerPage } from '../../credits/read-ledger-page.ts'
import { requireCustomer } from '../../core/customer.ts'
import { refundPayment } from '../../payments/refund-payment.ts'
import { ledgerEntrySchema } from '../../core/schemas/credits.ts'
import { refundedPaymentSchema } from '../../core/schemas/payment.ts'
import { endpoint } from '../endpoint.ts'
import { amount, instant, page } from '../../core/schemas/fields.ts'

const manualEntry = {
  usageMeterSlug: z.string(),
  amount,
  name: z.string().min(1).max(200),
}

/** Refunds, manual grants and revocations, and ledger entries. Our own extensions, except for the refund. */
export const MONEY_ENDPOINTS = [
  endpoint('POST /payments/:paymentId/refund', {
    summary: 'Refund a payment; a fully refunded top-up loses its unused credits',
    body: z.object({ partialAmount: z.int().min(1).optional() }),
    answer: z.object({ payment: refundedPaymentSchema }),
    handle: async ({ ledger, scope, body }) => ({
      payment: await refundPayment(ledger, { ...scope, amount: body.partialAmount }),
    }),
  }),
  endpoint('POST /customers/:externalId/grants', {
    summary: 'Grant credits; the same reason grants once',
    body: z.object({
      grant: z.object({
        ...manualEntry,
        reason: z.string().min(1).max(200).optional(),
        expiresAt: instant.nullish(),
      }),
    }),
    answer: z.object({ granted: z.literal(true) }),
    handle: async ({ ledger, scope, body }) => {
      await grantCredits(ledger, { ...body.grant, ...scope })
      return { granted: true as const }
    },
  }),
  endpoint('POST /customers/:externalId/revocations', {
    summary: 'Revoke credits, never more than are left',
    body: z.object({ revocation: z.object(manualEntry) }),
    answer: z.object({ revoked: z.literal(true) }),
    handle: async ({ ledger, scope, body }) => {
      await revokeCredits(ledger, { ...body.revocation, ...scope })
      return { revoked: true as const }
    },
  }),
  endpoint('GET /customers/:externalId/ledger-entries', {
    summary: 'List a customer’s entries with the operation each came from, newest first',
    query: page,
    answer: z.object({
      data: z.array(ledgerEntrySchema),
      hasMore: z.boolean(),
      nextCursor: z.string().optional(),
    }),
    handle: async ({ ledger, scope, query }) => {
      const { customer } = await requireCustomer(ledger.database, scope)
      return readLedgerPage(ledger.database, { ...query, ...scope, customerId: customer.id })
    },
  }),
]
