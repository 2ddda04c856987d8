import { z } from 'zod'

/** Which page of a list to read; without a cursor, the newest. */
export const ledgerPage = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(20),
})
