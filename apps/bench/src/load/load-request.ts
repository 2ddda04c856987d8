import { z } from 'zod'

/** One closed loop over HTTP, as the load process is asked for it. */
export const loadRequestSchema = z.object({
  port: z.number(),
  procedure: z.string(),
  /** The customers to call for; each call takes one at random. */
  customers: z.array(z.string()),
  concurrency: z.number(),
  warmUpMs: z.number(),
  measureMs: z.number(),
  operationsMax: z.number().optional(),
})

export type LoadRequest = z.infer<typeof loadRequestSchema>
