import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'

/** The last chunk of every billed stream, which billing adds to those of the procedure. */
export const receiptChunk = z.object({
  type: z.literal('receipt'),
  receipt: z.object({
    operationId: z.string(),
    charges: z.array(z.object({ meter: z.string(), amount: z.int() })),
    balances: z.array(z.looseObject({ meter: z.string(), remaining: z.int(), version: z.int() })),
    replayed: z.boolean(),
    at: instantSchema,
    complete: z.literal(false).optional(),
  }),
})
