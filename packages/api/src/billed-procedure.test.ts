import type { ReceiptChunk } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import { PriceError } from '@tollgate/trpc'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from './billed-procedure.ts'
import type { AppRouter } from './router.ts'
import { freeProcedure, router } from './trpc.ts'

const text = z.object({ text: z.string(), loud: z.boolean().default(false) })
const example = { text: 'hello' }
const price = { meter: 'ai_tokens', amount: 1, example } as const
const nothing = () => null

describe('the types of a billed procedure', () => {
  it('are exactly what plain tRPC infers', () => {
    const length = z.object({ length: z.number().transform(String) })
    const plain = freeProcedure('compared with the billed ones')
    const expected = router({
      shout: plain.input(text).mutation(({ input }) => ({ shouted: input.text })),
      checked: plain
        .input(text)
        .output(length)
        .mutation(({ input }) => ({ length: input.text.length })),
      bare: plain.mutation(async () => 7),
    })
    const billed = router({
      shout: billedProcedure(price)
        .input(text)
        .mutation(({ input }) => ({ shouted: input.text })),
      checked: billedProcedure(price)
        .input(text)
        .output(length)
        .mutation(({ input }) => ({ length: input.text.length })),
      bare: billedProcedure(price).mutation(async () => 7),
    })
    expectTypeOf<inferRouterInputs<typeof billed>>().toEqualTypeOf<
      inferRouterInputs<typeof expected>
    >()
    expectTypeOf<inferRouterOutputs<typeof billed>>().toEqualTypeOf<
      inferRouterOutputs<typeof expected>
    >()
  })

  it('reach the AppRouter', () => {
    type Outputs = inferRouterOutputs<AppRouter>
    type Inputs = inferRouterInputs<AppRouter>
    expectTypeOf<Inputs['images']['generate']>().toEqualTypeOf<{
      title?: string | undefined
      prompt?: string | undefined
      subtitle?: string | undefined
      style?: 'aurora' | 'paper' | 'night' | undefined
      size?: 'landscape' | 'square' | 'story' | undefined
      seed?: number | undefined
      hd?: boolean | undefined
    }>()
    expectTypeOf<Outputs['tools']['qrCode']>().toExtend<{ svg: string; url: string }>()
    expectTypeOf<Outputs['text']['summarize']>().toExtend<
      AsyncIterable<{ readonly type: 'delta'; readonly text: string } | ReceiptChunk>
    >()
  })

  it('give the work its parsed input, a customer, a signal and its operation', () => {
    billedProcedure(price)
      .input(text)
      .mutation(({ input, ctx, signal, operation }) => {
        expectTypeOf(input).toEqualTypeOf<{ text: string; loud: boolean }>()
        expectTypeOf(ctx.customer.customerId).toExtend<string>()
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
        // @ts-expect-error The price is fixed. Write settle: 'reported' to charge what was used.
        return operation.report(1)
      })
    billedProcedure({ ...price, amount: { hold: 10, settle: 'reported' } }).mutation(
      ({ operation }) =>
        expectTypeOf(operation).toExtend<Omit<RunningOperation, 'report' | 'holds'>>(),
    )
  })

  it('let the work report the meters of its price only, and have it say which of several', () => {
    const reported = { ...price, amount: { hold: 10, settle: 'reported' } } as const
    billedProcedure(reported).mutation(({ operation }) =>
      expectTypeOf(operation.report).parameters.toEqualTypeOf<[total: number]>(),
    )
    billedProcedure({
      charges: { ai_tokens: 5, api_calls: 1 },
      settle: 'reported',
      example: null,
    }).mutation(({ operation }) =>
      expectTypeOf(operation.report).parameters.toEqualTypeOf<
        [totals: { readonly ai_tokens: number; readonly api_calls: number }]
      >(),
    )
  })

  it('show amount and feature functions the parsed input', () => {
    billedProcedure.input(text).price({
      meter: 'ai_tokens',
      amount: (input) => {
        expectTypeOf(input).toEqualTypeOf<{ text: string; loud: boolean }>()
        return input.text.length
      },
      feature: ({ loud }) => (loud ? 'hd_images' : null),
      example,
    })
    const byLength = (input: { text: string }) => input.text.length
    const byCount = (input: { count: number }) => input.count
    billedProcedure({ ...price, amount: byLength }).input(text)
    billedProcedure({ ...price, amount: { hold: byLength, settle: 'reported' } }).input(text)
    // @ts-expect-error The price does not fit this input
    billedProcedure({ ...price, amount: byCount }).input(text)
  })

  it('have no way around the price', () => {
    expect(billedProcedure(price).input(text)).not.toHaveProperty('query')
    expect(billedProcedure.input(text)).not.toHaveProperty('mutation')
  })
})

describe('a wrong price is refused by the compiler, and at start when written past it', () => {
  it.each([
    // @ts-expect-error Did you mean '"ai_tokens"'?
    ['Did you mean "ai_tokens"', () => billedProcedure({ meter: 'ai_token', amount: 1, example })],
    // @ts-expect-error Property 'amount' is missing
    ['asks for undefined', () => billedProcedure({ meter: 'ai_tokens', example })],
    [
      'asks for undefined',
      // @ts-expect-error Property 'hold' is missing
      () => billedProcedure({ meter: 'ai_tokens', amount: { settle: 'reported' }, example }),
    ],
    [
      "settle: 'reported'",
      // @ts-expect-error Property 'settle' is missing
      () => billedProcedure({ meter: 'ai_tokens', amount: { hold: 3 }, example }),
    ],
    // @ts-expect-error Type 'string' is not assignable
    ['asks for 1 of', () => billedProcedure({ meter: 'ai_tokens', amount: '1', example })],
    // @ts-expect-error Did you mean '"hd_images"'?
    ['Did you mean "hd_images"', () => billedProcedure({ ...price, feature: 'hd_image' })],
    // @ts-expect-error A price has no field "feture".
    ['Did you mean "feature"', () => billedProcedure({ ...price, feture: 'hd_images' })],
    // @ts-expect-error Name at least one meter.
    ['no charges', () => billedProcedure({ charges: {}, example })],
  ])('%s', (message, define) => {
    expect(() => define().mutation(nothing)).toThrow(message)
  })

  it.each([
    // @ts-expect-error Property 'example' is missing
    ['no example', () => billedProcedure({ meter: 'ai_tokens', amount: 1 }).input(text)],
    // @ts-expect-error The price does not fit this input
    ['wrong', () => billedProcedure({ ...price, example: { txt: 'hello' } }).input(text)],
    // @ts-expect-error Property 'text' is missing
    ['empty', () => billedProcedure.input(text).price({ ...price, example: {} })],
  ])('an example that its own input refuses: %s', (_, define) => {
    expect(() => define().mutation(nothing)).toThrow(PriceError)
    expect(() => define().mutation(nothing)).toThrow('its own input refuses')
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2_147_483_648])(
    'the amount %d',
    (amount) => {
      expect(() => billedProcedure({ ...price, amount }).mutation(nothing)).toThrow(PriceError)
    },
  )

  it('and says where the guide explains it', () => {
    expect(() =>
      billedProcedure({ ...price, amount: -0.5 + 0.5 * Number('1') }).mutation(nothing),
    ).toThrow('Guide: errors#price-invalid')
  })
})
