import type { Balance, BalanceSource } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'

/** The source of credits in a balance. */
export const balanceSource: z.ZodType<BalanceSource> = z.object({
  source: z.enum(['plan', 'topup', 'grant']),
  name: z.string(),
  granted: z.number(),
  remaining: z.number(),
  expiresAt: instantSchema.nullable(),
})

const balance: z.ZodType<Balance> = z.object({
  meter: z.string(),
  unit: z.string(),
  granted: z.number(),
  used: z.number(),
  held: z.number(),
  remaining: z.number(),
  unlimited: z.boolean(),
  overage: z.number(),
  percentUsed: z.number().nullable(),
  state: z.enum(['ok', 'warning', 'critical', 'exhausted', 'overage', 'unlimited', 'unknown']),
  periodStart: instantSchema.nullable(),
  resetsAt: instantSchema.nullable(),
  asOf: instantSchema,
  version: z.number(),
  breakdown: z.array(balanceSource),
})

/** Every meter of a customer. */
export const balancesAnswer = z
  .object({ balances: z.array(balance) })
  .describe('Every meter of the caller')
