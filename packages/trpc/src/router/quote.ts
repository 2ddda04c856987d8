import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { requestStateOf } from '../http/request-state.ts'
import { parseInput } from '../procedure/parse-input.ts'
import { computeCharges } from '../procedure/compute-charges.ts'
import { registeredPriceOf } from '../procedure/registered-price.ts'
import type { BillingProcedures } from './billing-procedures.ts'

/** What one call would cost. */
export type Quote<Meter extends string = string> = {
  /** With `least`, a call starts if at least that much is available. */
  charges: { meter: Meter; hold: number; least?: number | undefined }[]
  /** Whether `hold` is the price, or its maximum. */
  settle: 'hold' | 'reported'
}

/**
 * Returns what a call with this input would hold, computed by the same function as the actual hold; runs and charges nothing. A mutation
 * only because an input may be too long for a URL.
 */
export function quote({ free }: BillingProcedures) {
  return free('only reads a price')
    .input(z.object({ path: z.string().max(100), input: z.unknown() }))
    .output(quoteAnswer)
    .mutation(async ({ ctx, input: { path, input } }): Promise<Quote> => {
      const procedure = requestStateOf(ctx)?.procedures[path]
      const registered = typeof procedure === 'function' ? registeredPriceOf(procedure) : undefined
      if (!registered) {
        throw new TRPCError({ code: 'NOT_FOUND', message: `"${path}" is no billed procedure.` })
      }
      const { price, schemas } = registered
      const parsed = await parseInput(schemas, input)
      if (!parsed.ok) throw new TRPCError({ code: 'BAD_REQUEST', message: parsed.problem })
      const { charges } = await computeCharges(price, path, parsed.value)
      return { charges, settle: price.settle }
    })
}

const quoteAnswer: z.ZodType<Quote> = z
  .object({
    charges: z.array(
      z.object({ meter: z.string(), hold: z.number(), least: z.number().optional() }),
    ),
    settle: z.enum(['hold', 'reported']),
  })
  .describe('What a call with this input would hold')
