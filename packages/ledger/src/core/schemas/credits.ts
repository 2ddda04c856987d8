import { z } from 'zod'
import { usageMeterSchema } from '../pricing-model.ts'
import { at, id } from './record.ts'

/** Where some of a meter's credits came from. */
const breakdownLineSchema = z.object({
  source: z.enum(['plan', 'topup', 'grant']),
  name: z.string(),
  granted: z.int(),
  remaining: z.int(),
  expiresAt: at.nullable(),
})
export type BreakdownLine = z.output<typeof breakdownLineSchema>

/** One meter of a subscription; the last five fields are our own. */
export const balanceSchema = usageMeterSchema.extend({
  subscriptionId: id,
  availableBalance: z.int(),
  usedBalance: z.int(),
  balanceLimit: z.int(),
  resetsAt: at.nullable(),
  unlimited: z.boolean(),
  breakdown: z.array(breakdownLineSchema),
})
export type MeterBalance = z.output<typeof balanceSchema>

/** One ledger entry, with names for display. */
export const ledgerEntrySchema = z.object({
  id: z.int(),
  kind: z.enum([
    'grant',
    'usage',
    'expiry',
    'expiry_reversal',
    'revocation',
    'reversal',
    'transfer_in',
    'transfer_out',
    'settlement',
  ]),
  debitAccount: z.string(),
  creditAccount: z.string(),
  amount: z.int().min(1),
  usageMeterSlug: z.string(),
  subscriptionId: id,
  grantName: z.string().nullable(),
  usageEventId: id.nullable(),
  transactionId: z.string().nullable(),
  operationId: z.string().nullable(),
  note: z.string().nullable(),
  occurredAt: at,
})
export type LedgerEntry = z.output<typeof ledgerEntrySchema>
