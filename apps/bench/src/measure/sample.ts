import { z } from 'zod'

/** The result of one closed loop; times in milliseconds. */
export const sampleSchema = z.object({
  /** Successful operations, including warm-up. */
  succeeded: z.number(),
  /** Failed operations by reason, including warm-up. */
  failed: z.record(z.string(), z.number()),
  perSecond: z.number(),
  /** NaN if nothing succeeded. */
  p50: z.number().or(z.nan()),
  p99: z.number().or(z.nan()),
})

export type Sample = z.infer<typeof sampleSchema>
