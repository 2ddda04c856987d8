import { z } from 'zod'

const instant = z.string().meta({ format: 'date-time' })

/** The last chunk of every billed stream, which billing adds to what its procedure yields. */
export const receiptChunk = z.object({
  type: z.literal('receipt'),
  receipt: z.object({
    operationId: z.string(),
    charges: z.array(z.object({ meter: z.string(), amount: z.int() })),
    balances: z.array(z.looseObject({ meter: z.string(), remaining: z.int(), version: z.int() })),
    replayed: z.boolean(),
    at: instant,
    complete: z.literal(false).optional(),
  }),
})
