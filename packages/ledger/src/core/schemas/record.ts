import { z } from 'zod'

/** An opaque id. */
export const id = z.string()

/** An instant. */
export const at = z.int().describe('Epoch milliseconds, in ledger time.')

/** The fields of every record. */
export const record = { id, createdAt: at, updatedAt: at, livemode: z.boolean() }
