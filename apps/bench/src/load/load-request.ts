import { z } from 'zod'

/** One closed loop over HTTP, as requested from the load process. */
export const loadRequestSchema = z.object({
  /** The servers' ports; connections are distributed over them in turn. */
  ports: z.array(z.number()),
  procedure: z.string(),
  /** Header lines that identify the caller. */
  callers: z.array(z.string()),
  /** `at_random`: a random one for each call. `each_once`: one after another; the loop ends with the last. */
  order: z.enum(['at_random', 'each_once']),
  concurrency: z.number(),
  warmUpMs: z.number(),
  measureMs: z.number(),
  operationsMax: z.number().optional(),
})

export type LoadRequest = z.infer<typeof loadRequestSchema>
