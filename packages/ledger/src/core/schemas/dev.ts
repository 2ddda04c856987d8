import { z } from 'zod'
import { at } from './record.ts'

/** Injected faults. */
export const faultsSchema = z.object({
  failingPayments: z.int().min(0).max(1_000),
  down: z.boolean(),
  latencyMs: z.int().min(0).max(60_000),
  duplicateDeliveries: z.boolean(),
})
export type Faults = z.output<typeof faultsSchema>

/** Ledger time, and the changes a developer has made to it and to the backend. */
export const devStateSchema = z.object({ now: at, aheadMs: z.int(), faults: faultsSchema })
