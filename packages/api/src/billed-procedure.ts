import type { BillingCustomer } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import type { AnyTRPCMutationProcedure } from '@trpc/server'
import { z } from 'zod'
import type { PricedBuilder, UnpricedBuilder } from './billed-builder.ts'
import { bill } from './bill.ts'
import type { Context } from './context.ts'
import type { AnyPrice, OnlyPriceFields, Price } from './price.ts'
import { describeTariff, tariffOf } from './tariff.ts'
import { rememberTariff } from './tariff-of-procedure.ts'
import { protectedProcedure } from './trpc.ts'

/**
 * A procedure that costs credits. The price is an argument, so it cannot be forgotten; the credits are set aside before
 * the work runs, charged once when it succeeds, given back when it throws.
 *
 * @example
 * billedProcedure({ meter: 'ai_tokens', amount: 100, example: { text: 'hello' } })
 *   .input(z.object({ text: z.string().max(2000) }))
 *   .mutation(({ input, signal }) => translator.translate(input.text, { signal }))
 *
 * @example
 * billedProcedure
 *   .input(z.object({ text: z.string() }))
 *   .price({
 *     meter: 'ai_tokens',
 *     amount: { hold: ({ text }) => text.length, settle: 'reported' },
 *     example: { text: 'hello' },
 *   })
 *   .mutation(async function* ({ input, operation }) {
 *     operation.report(12)
 *     yield { type: 'delta', text: input.text }
 *   })
 */
export const billedProcedure = Object.assign(priceFirst, { input: inputFirst })

function priceFirst<const P extends AnyPrice>(price: P & OnlyPriceFields<P>): PricedBuilder<P, null>
function priceFirst(price: Price<unknown, unknown>): object {
  return draft({ price, input: null, output: null })
}

function inputFirst<Schema extends z.ZodType>(schema: Schema): UnpricedBuilder<Schema>
function inputFirst(schema: z.ZodType): object {
  return {
    price: (price: Price<unknown, unknown>) => draft({ price, input: schema, output: null }),
  }
}

/** A billed procedure on its way; the types callers see are in `billed-builder.ts`. */
type Draft = {
  price: Price<unknown, unknown>
  input: z.ZodType | null
  output: z.ZodType | null
}

function draft(parts: Draft): object {
  return {
    input: (input: z.ZodType) => draft({ ...parts, input }),
    output: (output: z.ZodType) => draft({ ...parts, output }),
    mutation: (resolver: Work) => define(parts, resolver),
  }
}

type Work = (options: {
  input: unknown
  ctx: Context & { customer: BillingCustomer }
  signal: AbortSignal
  operation: RunningOperation
}) => unknown

/**
 * Billing stands behind the input, so that the price sees it parsed, and before the output, so that an answer that fails its
 * check is not charged.
 */
function define({ price, input, output }: Draft, work: Work): AnyTRPCMutationProcedure {
  const tariff = tariffOf(price, input)
  const procedure = protectedProcedure
    .meta({ billing: describeTariff(tariff) })
    .input(input ?? NOTHING)
    .use(async ({ ctx, path, input: parsed, getRawInput, batchIndex, signal, next }) =>
      bill({
        tariff,
        ctx,
        path,
        input: parsed,
        sent: input ? await getRawInput() : null,
        batchIndex,
        signal,
        next: (operation) => next({ ctx: { operation } }),
      }),
    )
    .output(output ?? z.unknown())
    .mutation(({ ctx, input: parsed }) =>
      work({ input: parsed, ctx, signal: ctx.operation.signal, operation: ctx.operation }),
    )
  rememberTariff(procedure, { tariff, input })
  return procedure
}

/** A procedure without input is given none, whatever was sent. */
const NOTHING = z.unknown().transform(() => undefined)
