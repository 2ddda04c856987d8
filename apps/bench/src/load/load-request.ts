import { z } from 'zod'

/** One closed loop over HTTP, as the load process is asked for it. */
export const loadRequestSchema = z.object({
  /** Of the servers; connections are dealt out to them in turn. */
  ports: z.array(z.number()),
  procedure: z.string(),
  /** Header lines that say who calls. */
  callers: z.array(z.string()),
  /** `at_random`: any of them, each time. `each_once`: one after the other, and the loop ends with the last. */
  order: z.enum(['at_random', 'each_once']),
  concurrency: z.number(),
  warmUpMs: z.number(),
  measureMs: z.number(),
  operationsMax: z.number().optional(),
})

export type LoadRequest = z.infer<typeof loadRequestSchema>
