import type { ReceiptChunk } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from './billed-procedure.ts'
import type { AppRouter } from './router.ts'
import { protectedProcedure, router } from './trpc.ts'

const text = z.object({ text: z.string(), loud: z.boolean().default(false) })
const price = { meter: 'ai_tokens', amount: 1, example: { text: 'hello' } } as const

it('infers exactly what plain tRPC infers', () => {
  const plain = router({
    shout: protectedProcedure.input(text).mutation(({ input }) => ({ shouted: input.text })),
    checked: protectedProcedure
      .input(text)
      .output(z.object({ length: z.number().transform(String) }))
      .mutation(({ input }) => ({ length: input.text.length })),
    bare: protectedProcedure.mutation(async () => 7),
  })
  const billed = router({
    shout: billedProcedure(price)
      .input(text)
      .mutation(({ input }) => ({ shouted: input.text })),
    checked: billedProcedure(price)
      .input(text)
      .output(z.object({ length: z.number().transform(String) }))
      .mutation(({ input }) => ({ length: input.text.length })),
    bare: billedProcedure(price).mutation(async () => 7),
  })
  expectTypeOf<inferRouterInputs<typeof billed>>().toEqualTypeOf<inferRouterInputs<typeof plain>>()
  expectTypeOf<inferRouterOutputs<typeof billed>>().toEqualTypeOf<
    inferRouterOutputs<typeof plain>
  >()
})

it('reaches the AppRouter', () => {
  type Outputs = inferRouterOutputs<AppRouter>
  type Inputs = inferRouterInputs<AppRouter>
  expectTypeOf<Inputs['images']['generate']>().toEqualTypeOf<{
    prompt: string
    style?: 'aurora' | 'paper' | 'night' | undefined
    hd?: boolean | undefined
  }>()
  expectTypeOf<Outputs['tools']['qrCode']>().toEqualTypeOf<{ svg: string }>()
  expectTypeOf<Outputs['text']['summarize']>().toExtend<
    AsyncIterable<{ readonly type: 'delta'; readonly text: string } | ReceiptChunk>
  >()
})

it('gives the work its parsed input, a customer, a signal and its operation', () => {
  billedProcedure(price)
    .input(text)
    .mutation(({ input, ctx, signal, operation }) => {
      expectTypeOf(input).toEqualTypeOf<{ text: string; loud: boolean }>()
      expectTypeOf(ctx.customer.customerId).toExtend<string>()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      // @ts-expect-error Property 'report' does not exist: a fixed price has nothing to report
      return operation.report(1)
    })
  billedProcedure({ ...price, amount: { hold: 10, settle: 'reported' } }).mutation(
    ({ operation }) => {
      expectTypeOf(operation).toEqualTypeOf<RunningOperation>()
    },
  )
})

it('types amount and feature functions by the input, before or after it', () => {
  billedProcedure.input(text).price({
    meter: 'ai_tokens',
    amount: (input) => {
      expectTypeOf(input).toEqualTypeOf<{ text: string; loud: boolean }>()
      return input.text.length
    },
    feature: ({ loud }) => (loud ? 'hd_images' : null),
    example: { text: 'hello' },
  })
  const byLength = (input: { text: string }) => input.text.length
  billedProcedure({ ...price, amount: byLength }).input(text)
  billedProcedure({ ...price, amount: { hold: byLength, settle: 'reported' } }).input(text)
  const byCount = (input: { count: number }) => input.count
  // @ts-expect-error does not fit this input
  billedProcedure({ ...price, amount: byCount }).input(text)
  // @ts-expect-error does not fit this input
  billedProcedure({ ...price, feature: (input: { count: number }) => null }).input(text)
})

it('takes several meters', () => {
  const builder = billedProcedure({
    charges: [
      { meter: 'ai_tokens', amount: 10 },
      { meter: 'api_calls', amount: 1 },
    ],
    example: { text: 'hello' },
  })
  builder.input(text).mutation(() => null)
})

it('refuses to compile a price that is wrong', () => {
  const { example } = price
  // @ts-expect-error '"ai_token"' is not assignable; did you mean '"ai_tokens"'?
  billedProcedure({ meter: 'ai_token', amount: 1, example })
  // @ts-expect-error Property 'amount' is missing
  billedProcedure({ meter: 'ai_tokens', example })
  // @ts-expect-error Property 'hold' is missing
  billedProcedure({ meter: 'ai_tokens', amount: { settle: 'reported' }, example })
  // @ts-expect-error Property 'settle' is missing
  billedProcedure({ meter: 'ai_tokens', amount: { hold: 3 }, example })
  // @ts-expect-error Property 'example' is missing
  billedProcedure({ meter: 'ai_tokens', amount: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  billedProcedure({ meter: 'ai_tokens', amount: '1', example })
  // @ts-expect-error '"hd_image"' is not assignable; did you mean '"hd_images"'?
  billedProcedure({ ...price, feature: 'hd_image' })
  // @ts-expect-error misspelt fields are never
  billedProcedure({ ...price, feture: 'hd_images' })
  // @ts-expect-error Expected 1 arguments, but got 0
  billedProcedure()
})

it('refuses to compile what would get around the price', () => {
  // @ts-expect-error Property 'query' does not exist
  void billedProcedure(price).input(text).query
  // @ts-expect-error Property 'mutation' does not exist: there is no price yet
  void billedProcedure.input(text).mutation
  // @ts-expect-error does not fit this input
  billedProcedure({ ...price, example: { txt: 'hello' } }).input(text)
  // @ts-expect-error Property 'text' is missing
  billedProcedure.input(text).price({ meter: 'ai_tokens', amount: 1, example: {} })
})
