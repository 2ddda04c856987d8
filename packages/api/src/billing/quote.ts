import { TRPCError, type TRPCRouterRecord } from '@trpc/server'
import { z } from 'zod'
import { quote } from '../quote.ts'
import { type PricedInput, tariffOfProcedure } from '../tariff-of-procedure.ts'
import { freeProcedure } from '../trpc.ts'

/** What one call would cost. */
export type Quote = {
  charges: { meter: string; hold: number }[]
  /** Whether `hold` is the price, or the most of it. */
  settle: 'hold' | 'reported'
}

/**
 * Says what a call with this input would set aside, by the very function that sets it aside when the call is made; runs and
 * charges nothing. A mutation only because an input may be longer than an address.
 */
export function quoteOf(procedures: TRPCRouterRecord) {
  const priced = pricedIn(procedures, [])
  return freeProcedure('only reads a price')
    .input(z.object({ path: z.string().max(100), input: z.unknown() }))
    .mutation(async ({ input: { path, input } }): Promise<Quote> => {
      const known = priced.get(path)
      if (!known) {
        throw new TRPCError({ code: 'NOT_FOUND', message: `"${path}" is no billed procedure.` })
      }
      const { tariff } = known
      const { charges } = await quote(tariff, path, parse(known, input))
      return { charges, settle: tariff.settle }
    })
}

function parse({ input: schema }: PricedInput, input: unknown): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new TRPCError({ code: 'BAD_REQUEST', message: z.prettifyError(parsed.error) })
}

function pricedIn(
  record: TRPCRouterRecord,
  parents: readonly string[],
): ReadonlyMap<string, PricedInput> {
  return new Map(
    Object.entries(record).flatMap(([name, entry]): [string, PricedInput][] => {
      const path = [...parents, name]
      if (typeof entry !== 'function') return [...pricedIn(entry, path)]
      const priced = tariffOfProcedure(entry)
      return priced ? [[path.join('.'), priced]] : []
    }),
  )
}
