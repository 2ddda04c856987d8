import { z } from 'zod'

/** The requests that the subject process handles. */
export const subjectSchema = z.object({
  databaseUrl: z.string(),
  flowglad: z.object({ apiKey: z.string(), baseUrl: z.string() }),
})

export const customersSchema = z.array(z.string())

/** The added latency of every request to the billing backend. */
export const delaySchema = z.object({ ms: z.number() })

export const relaySchema = z.object({ running: z.boolean() })

export const loopSchema = z.object({
  concurrency: z.number(),
  warmUpMs: z.number(),
  measureMs: z.number(),
  operationsMax: z.number().optional(),
})

/** `gathered`: batched, as in production. `single`: the same statements with one call each, for comparison. */
export const pairsSchema = loopSchema.extend({
  statements: z.enum(['gathered', 'single']),
  customers: customersSchema,
  /** Whether every call has two subjects, each with a limit. */
  limited: z.boolean().default(false),
  /** Whether the work of every call reports a provider's cost. */
  costed: z.boolean().default(false),
})

export type SubjectOptions = z.infer<typeof subjectSchema>
export type PairsRequest = z.input<typeof pairsSchema>
