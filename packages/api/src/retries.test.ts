import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from './billed-procedure.ts'
import {
  type ApiFixture,
  createApiFixture,
  dataOf,
  errorOf,
  newCustomer,
} from './fixtures/api-fixture.ts'
import { router } from './trpc.ts'

let api: ApiFixture
let answer: unknown
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

const price = { meter: 'api_calls', amount: 1, example: { prompt: 'a fox' } } as const
const calls = router({
  seeded: billedProcedure(price)
    .input(
      z.object({
        prompt: z.string(),
        seed: z.number().default(() => Math.random()),
      }),
    )
    .mutation(({ input }) => ({ seed: input.seed })),
  answers: billedProcedure(price)
    .input(z.object({ prompt: z.string() }))
    .mutation(() => answer),
  yields: billedProcedure(price)
    .input(z.object({ prompt: z.string() }))
    .mutation(async function* () {
      yield 'one'
      yield answer
    }),
})

it('replays a call whose input has a default that differs per call', async () => {
  const said = { customer: newCustomer(), key: randomUUID() }
  const first = await dataOf(await api.post('seeded', { prompt: 'a fox' }, said, calls))
  const second = await api.post('seeded', { prompt: 'a fox' }, said, calls)
  expect(second.status).toBe(200)
  expect(await dataOf(second)).toEqual(first)
  expect(await api.remaining(said.customer, 'api_calls')).toBe(99)
})

it('refuses a key that comes back with a value where a default was', async () => {
  const said = { customer: newCustomer(), key: randomUUID() }
  await api.post('seeded', { prompt: 'a fox' }, said, calls)
  const other = await api.post('seeded', { prompt: 'a fox', seed: 1 }, said, calls)
  expect(await errorOf(other)).toMatchObject({ status: 422, billing: { kind: 'key_reused' } })
})

describe('an output that cannot be replayed', () => {
  it.each([
    ['a promise', () => ({ picture: Promise.resolve('a fox') })],
    ['a Set', () => new Set(['a fox'])],
    ['a Map', () => ({ pictures: [new Map([['a', 'fox']])] })],
    ['a function', () => ({ draw: () => 'a fox' })],
    ['a bigint', () => ({ picture: 1n })],
    ['bytes', () => ({ png: new Uint8Array([1, 2]) })],
    ['an Error', () => ({ problem: new Error('no paint') })],
  ])('is refused and not charged when it holds %s', async (_, make) => {
    const said = { customer: newCustomer(), key: randomUUID() }
    answer = make()
    const response = await api.post('answers', { prompt: 'a fox' }, said, calls)
    expect(await errorOf(response)).toMatchObject({ status: 500, billing: null })
    expect(api.logged.at(-1)?.cause).toMatchObject({ code: 'RESULT_NOT_JSON' })
    expect(await api.remaining(said.customer, 'api_calls')).toBe(100)
    answer = 'a fox'
    const again = await api.post('answers', { prompt: 'a fox' }, said, calls)
    expect(await dataOf(again)).toBe('a fox')
    expect(await api.remaining(said.customer, 'api_calls')).toBe(99)
  })

  it('is not refused when it says itself what it is in JSON', async () => {
    answer = { at: new Date(0), link: new URL('https://studio.example/'), none: undefined }
    const said = { customer: newCustomer(), key: randomUUID() }
    const first = await dataOf(await api.post('answers', { prompt: 'a fox' }, said, calls))
    const second = await dataOf(await api.post('answers', { prompt: 'a fox' }, said, calls))
    expect(first).toEqual({ at: '1970-01-01T00:00:00.000Z', link: 'https://studio.example/' })
    expect(second).toEqual(first)
  })

  it('ends a collected stream before it is charged', async () => {
    const customer = newCustomer()
    answer = new Set(['two'])
    const response = await api.post('yields', { prompt: 'a fox' }, { customer }, calls)
    expect(response.status).toBe(500)
    expect(await api.remaining(customer, 'api_calls')).toBe(100)
  })
})
