import { z } from 'zod'

/** The requests that the process with the server in it handles. */
export const subjectSchema = z.object({
  databaseUrl: z.string(),
  flowglad: z.object({ apiKey: z.string(), baseUrl: z.string() }),
})

export const customersSchema = z.array(z.string())

/** How much longer every request to the billing backend takes. */
export const delaySchema = z.object({ ms: z.number() })

export const relaySchema = z.object({ running: z.boolean() })

export const loopSchema = z.object({
  concurrency: z.number(),
  warmUpMs: z.number(),
  measureMs: z.number(),
  operationsMax: z.number().optional(),
})

/** `gathered`: as it is built. `single`: the same statements, one call each, which is what gathering is compared with. */
export const pairsSchema = loopSchema.extend({
  statements: z.enum(['gathered', 'single']),
  customers: customersSchema,
  /** Whether every call has two subjects, each with a limit. */
  limited: z.boolean().default(false),
  /** Whether the work of every call says what a provider was paid for it. */
  costed: z.boolean().default(false),
})

export type SubjectOptions = z.infer<typeof subjectSchema>
export type PairsRequest = z.input<typeof pairsSchema>
