import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { requestStateOf } from '../http/request-state.ts'
import { parseInput } from '../procedure/parse-input.ts'
import { quote as quoteCall } from '../procedure/quote.ts'
import { type PricedInput, tariffOfProcedure } from '../procedure/tariff-of-procedure.ts'
import type { BillingProcedures } from './billing-procedures.ts'

/** What one call would cost. */
export type Quote<Meter extends string = string> = {
  charges: { meter: Meter; hold: number }[]
  /** Whether `hold` is the price, or the most of it. */
  settle: 'hold' | 'reported'
}

/**
 * Says what a call with this input would set aside, by the very function that sets it aside when the call is made; runs and
 * charges nothing. A mutation only because an input may be longer than an address.
 */
export function quote({ free }: BillingProcedures) {
  return free('only reads a price')
    .input(z.object({ path: z.string().max(100), input: z.unknown() }))
    .output(quoteAnswer)
    .mutation(async ({ ctx, input: { path, input } }): Promise<Quote> => {
      const procedure = requestStateOf(ctx)?.procedures[path]
      const priced = typeof procedure === 'function' ? tariffOfProcedure(procedure) : undefined
      if (!priced) {
        throw new TRPCError({ code: 'NOT_FOUND', message: `"${path}" is no billed procedure.` })
      }
      const { charges } = await quoteCall(priced.tariff, path, await parse(priced, input))
      return { charges, settle: priced.tariff.settle }
    })
}

async function parse({ schemas }: PricedInput, input: unknown): Promise<unknown> {
  const parsed = await parseInput(schemas, input)
  if (parsed.ok) return parsed.value
  throw new TRPCError({ code: 'BAD_REQUEST', message: parsed.problem })
}

const quoteAnswer: z.ZodType<Quote> = z
  .object({
    charges: z.array(z.object({ meter: z.string(), hold: z.number() })),
    settle: z.enum(['hold', 'reported']),
  })
  .describe('What a call with this input would set aside')
