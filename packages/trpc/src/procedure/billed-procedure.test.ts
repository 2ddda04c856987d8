import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStudioApp } from '../fixtures/studio-app.ts'
import { unusedMetering } from '../fixtures/unused-metering.ts'
import { atLeast, PriceError } from '../index.ts'

const { procedure: billed } = createStudioApp(unusedMetering()).billing
const text = z.object({ text: z.string().min(1) })
const example = { text: 'x' }
const withText = billed.input(text)
const fixed = withText.price({ meter: 'renders', amount: 1, example })
const one = withText.price({ charges: { minutes: 100 }, settle: 'reported', example })
const two = withText.price({ charges: { minutes: 100, renders: 1 }, settle: 'reported', example })
const { price } = withText
const terms = { meter: 'renders', amount: 1, example } as const
const work = () => 1

describe('a price, in an application with meters of its own, that is refused by the compiler and at its definition', () => {
  it.each([
    // @ts-expect-error Did you mean '"renders"'?
    ['names a meter of another catalog', () => price({ ...terms, meter: 'render' })],
    // @ts-expect-error Did you mean '"renders"'?
    ['names it before its input', () => billed({ ...terms, meter: 'render' })],
    // @ts-expect-error 'pictures' does not exist
    ['names it among others', () => price({ charges: { pictures: 1 }, example })],
    // @ts-expect-error Property 'amount' is missing
    ['has no amount', () => price({ meter: 'renders', example })],
    // @ts-expect-error A price has no field "feture".
    ['has a misspelt field', () => price({ ...terms, feture: 'hd' })],
    // @ts-expect-error An amount is a whole number from 1.
    ['costs nothing', () => price({ ...terms, amount: 0 })],
    // @ts-expect-error An amount is a whole number from 1.
    ['costs less than nothing', () => price({ ...terms, amount: -1 })],
    // @ts-expect-error An amount is a whole number from 1.
    ['costs a fraction', () => price({ ...terms, amount: 1.5 })],
    // @ts-expect-error An amount is a whole number from 1.
    ['costs nothing of one meter', () => price({ charges: { renders: 0 }, example })],
    // @ts-expect-error An amount is a whole number from 1.
    ['costs a fraction of it', () => price({ charges: { renders: 0.5 }, example })],
    // @ts-expect-error An amount is a whole number from 1.
    ['holds nothing', () => price({ ...terms, amount: { hold: 0, settle: 'reported' } })],
    // @ts-expect-error Type 'string' is not assignable
    ['costs a text', () => price({ ...terms, amount: '5' })],
    // @ts-expect-error Name at least one meter.
    ['charges nothing', () => price({ charges: {}, example })],
    // @ts-expect-error Property 'settle' is missing
    ['holds and does not settle', () => price({ ...terms, amount: { hold: 5 } })],
    // @ts-expect-error Property 'hold' is missing
    ['settles and does not hold', () => price({ ...terms, amount: { settle: 'reported' } })],
    // @ts-expect-error "per_result" is not assignable
    ['is charged once by what there is not', () => price({ ...terms, chargeOnce: 'per_result' })],
    // @ts-expect-error "hdd" is not assignable
    ['needs a feature that no plan has', () => price({ ...terms, feature: 'hdd' })],
    // @ts-expect-error 'words' does not exist
    ['has another example', () => price({ ...terms, example: { words: 1 } }).mutation(work)],
    // @ts-expect-error Property 'example' is missing
    ['has no example', () => price({ meter: 'renders', amount: 1 }).mutation(work)],
  ])('%s', (_mistake, define) => {
    expect(define).toThrow(PriceError)
  })
})

it('an amount that can come out as 0 stops the program at the definition, with the input that does it', () => {
  const empty = z.object({ text: z.string() })
  const byLength = { ...terms, amount: (input: { text: string }) => input.text.length }
  expect(() => billed.input(empty).price(byLength).mutation(work)).toThrow(
    'of "renders" came out as 0 for {"text":""}, which the input accepts',
  )
  expect(() => price(byLength).mutation(work)).not.toThrow()
})

it('the input that makes an amount come out as 0 is found in lists and nested objects, too', () => {
  const pages = z.object({ pages: z.array(z.object({ words: z.number().min(0) })) })
  const amount = (input: z.output<typeof pages>) =>
    input.pages.reduce((sum, { words }) => sum + words, input.pages.length === 0 ? 1 : 0)
  const byWords = { ...terms, amount, example: { pages: [{ words: 3 }] } }
  expect(() => billed.input(pages).price(byWords).mutation(work)).toThrow(
    'came out as 0 for {"pages":[{"words":0}]}, which the input accepts. Write atLeast(1, …)',
  )
})

it('an amount that is at least 1 is never 0', () => {
  const empty = z.object({ text: z.string() })
  const priced = billed
    .input(empty)
    .price({ ...terms, amount: atLeast(1, (input: { text: string }) => input.text.length) })
  expect(() => priced.mutation(work)).not.toThrow()
  const length = atLeast(1, (input: string) => input.length)
  expect([length(''), length('abc')]).toEqual([1, 3])
})

it('an input that cannot be compared with a retry’s stops the program at the definition, unless its price says how', () => {
  class Film {
    readonly #title = 'Metropolis'
    get title(): string {
      return this.#title
    }
  }
  const film = { ...terms, example: new Film() }
  const taking = billed.input(z.instanceof(Film))
  expect(() => taking.price(film).mutation(work)).toThrow(
    'has an example that holds an instance of Film, which cannot be compared with a retry’s. Give the price a fingerprint',
  )
  const compared = { ...film, fingerprint: ({ title }: { title: string }) => title }
  expect(() => taking.price(compared).mutation(work)).not.toThrow()
})

it('what the work reports is exactly what its price charges', () => {
  const planted = [
    // @ts-expect-error The price is fixed. Write settle: 'reported' to charge what was used.
    fixed.mutation(({ operation }) => operation.report(3)),
    // @ts-expect-error Property 'renders' is missing
    two.mutation(({ operation }) => operation.report({ minutes: 3 })),
    // @ts-expect-error 'renders' does not exist
    one.mutation(({ operation }) => operation.report({ renders: 3 })),
    two.mutation(({ operation }) => operation.report({ minutes: 3, renders: 1 })),
    two.mutation(({ operation }) => operation.add({ minutes: 3 })),
  ]
  expect(planted).toHaveLength(5)
})

it('a price that comes first shows its functions the example, and takes no other input', () => {
  const byExample = billed({
    meter: 'renders',
    amount: (input) => input.text.length,
    example: { text: 'x' },
  })
  expect(() => byExample.input(text).mutation(work)).not.toThrow()
  // @ts-expect-error The price does not fit this input
  expect(() => byExample.input(z.object({ words: z.number() })).mutation(work)).toThrow(PriceError)
})

it('without a price, as a query or as a subscription there is no way to define one', () => {
  for (const way of ['query', 'subscription']) {
    expect(withText).not.toHaveProperty(way)
    expect(fixed).not.toHaveProperty(way)
  }
  expect(withText).not.toHaveProperty('mutation')
})
