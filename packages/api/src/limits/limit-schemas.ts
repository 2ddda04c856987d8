import type { LimitSubject, SpendLimit } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { instantSchema, slugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const meter = slugSchema(catalog.meters)

/** The subject of a limit. The limits of a run are set when it is started, and only then. */
const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.literal('member'), id: id.describe('The id of the user') }),
  z.object({ kind: z.literal('key'), id }),
])

/** Identifies a limit. */
export const limitName = z.object({ subject, meter })

/** How much of a meter may be spent, and when the limit resets. */
export const allowance = z.object({
  meter,
  amount: z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe('In credits; 0 allows nothing'),
  period: z.enum(['month']).nullable().describe('A calendar month (UTC), or null: in all'),
})

const listedSubject: z.ZodType<LimitSubject> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.enum(['member', 'key', 'run']), id: z.string() }),
])

const listedLimit: z.ZodType<SpendLimit> = z.object({
  subject: listedSubject,
  meter: z.string(),
  amount: z.number(),
  period: z.enum(['month']).nullable(),
  spent: z.number().describe('Charged in the period'),
  left: z.number().describe('What of it is neither spent nor held'),
  resetsAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
})

/** The limits that a caller may see. */
export const limitsAnswer = z
  .object({ limits: z.array(listedLimit) })
  .describe('What the account, its members and its API keys may spend, as far as the caller sees')
