import { z } from 'zod'

/** What one closed loop came to; times in milliseconds. */
export const sampleSchema = z.object({
  /** Operations that succeeded, warm-up included. */
  succeeded: z.number(),
  /** Operations that failed, by reason, warm-up included. */
  failed: z.record(z.string(), z.number()),
  perSecond: z.number(),
  /** Not a number when nothing succeeded. */
  p50: z.number().or(z.nan()),
  p99: z.number().or(z.nan()),
})

export type Sample = z.infer<typeof sampleSchema>
