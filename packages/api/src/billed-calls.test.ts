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

let runs = 0
let wrong = 0
let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

const count = z.object({ count: z.coerce.number() })
const example = { count: 1 }
const asked = router({
  byInput: billedProcedure
    .input(count)
    .price({ meter: 'api_calls', amount: async (input) => input.count, example })
    .mutation(() => (runs += 1)),
  wrong: billedProcedure({ meter: 'api_calls', amount: () => wrong, example }).mutation(
    () => (runs += 1),
  ),
  held: billedProcedure
    .input(count)
    .price({
      meter: 'ai_tokens',
      amount: { hold: async ({ count: most }) => most, settle: 'reported' },
      example,
    })
    .mutation(({ operation }) => {
      operation.report(7)
      return operation.operationId
    }),
  both: billedProcedure({
    charges: { ai_tokens: 10, image_generations: 11 },
    example,
  }).mutation(() => (runs += 1)),
  throws: billedProcedure({ meter: 'api_calls', amount: 5, example }).mutation(() => {
    throw new Error('password=hunter2')
  }),
  misanswers: billedProcedure({ meter: 'api_calls', amount: 5, example })
    .output(z.object({ promised: z.string() }))
    .mutation((): { promised: string } => JSON.parse('{"promised":42}')),
  breaksOff: billedProcedure({
    meter: 'ai_tokens',
    amount: { hold: 100, settle: 'reported' },
    example,
  }).mutation(async function* ({ operation }) {
    operation.report(3)
    yield { type: 'delta', text: 'one' } as const
    throw new Error('password=hunter2')
  }),
})

function post(path: string, input: unknown, call: Parameters<typeof api.post>[2] = {}) {
  return api.post(path, input, call, asked)
}

describe('the amount of a call', () => {
  it('is computed from the parsed input', async () => {
    const customer = newCustomer()
    expect((await post('byInput', { count: '12' }, { customer })).status).toBe(200)
    expect(await api.remaining(customer, 'api_calls')).toBe(88)
  })

  it('is what the work reported when the price says so', async () => {
    const customer = newCustomer()
    const response = await post('held', { count: 100 }, { customer })
    expect(response.headers.get('X-Operation-Id')).toBe(await dataOf(response))
    expect(await api.remaining(customer, 'ai_tokens')).toBe(4993)
  })

  it.each([Number.NaN, 0.5, 0, -3, 2_147_483_648, Number.POSITIVE_INFINITY])(
    'is never %d: the work does not run and the reason is only in the log',
    async (amount) => {
      const customer = newCustomer()
      const before = runs
      wrong = amount
      const { status, message, billing } = await errorOf(await post('wrong', {}, { customer }))
      expect({ status, message, billing }).toEqual({
        status: 500,
        message: 'Something went wrong on our side. Try again with the same operation key.',
        billing: null,
      })
      expect(api.logged.at(-1)?.cause).toMatchObject({ code: 'COST_INVALID' })
      expect(runs).toBe(before)
      expect(await api.remaining(customer, 'api_calls')).toBe(100)
    },
  )

  it('is taken from all meters or from none', async () => {
    const customer = newCustomer()
    const before = runs
    expect(await errorOf(await post('both', {}, { customer }))).toMatchObject({
      status: 402,
      billing: { meter: 'image_generations', required: 11, availableBalance: 10 },
    })
    expect(runs).toBe(before)
    expect(await api.remaining(customer, 'ai_tokens')).toBe(5000)
  })
})

describe('work that fails', () => {
  it.each(['throws', 'misanswers'])('%s: charges nothing and returns nothing', async (path) => {
    const call = { customer: newCustomer(), key: randomUUID() }
    const response = await post(path, {}, call)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('stack')
    expect(await api.remaining(call.customer, 'api_calls')).toBe(100)
    const { customerId } = call.customer
    const items = (await api.metering.activity(customerId, { limit: 10 })).items
    expect(items).toMatchObject([{ status: 'released', amount: 0 }])
  })

  it('charges nothing for pieces that a plain caller never saw', async () => {
    const customer = newCustomer()
    const response = await post('breaksOff', {}, { customer })
    expect(response.status).toBe(500)
    expect(await api.remaining(customer, 'ai_tokens')).toBe(5000)
  })

  it('charges a stream for what it delivered before it broke off', async () => {
    const customer = newCustomer()
    const response = await post(
      'breaksOff?batch=1',
      { 0: {} },
      {
        customer,
        headers: { 'trpc-accept': 'application/jsonl' },
      },
    )
    const text = await response.text()
    expect(text).toContain('"one"')
    expect(text).not.toContain('hunter2')
    expect(await api.remaining(customer, 'ai_tokens')).toBe(4997)
  })
})

describe('a caller who hangs up', () => {
  it('stops a stream and pays for what came until then', async () => {
    const customer = newCustomer()
    const hangUp = new AbortController()
    const response = await api.post(
      'text.summarize?batch=1',
      { 0: { text: 'One word. '.repeat(300), sentences: 10 } },
      { customer, signal: hangUp.signal, headers: { 'trpc-accept': 'application/jsonl' } },
    )
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.read()
    hangUp.abort()
    await reader?.cancel()
    await expect
      .poll(async () => (await api.metering.activity(customer.customerId, { limit: 1 })).items[0])
      .toMatchObject({ status: expect.stringMatching(/charged|released/) })
  })
})

describe('the rate limit', () => {
  it('answers 429 with Retry-After before anything is parsed or held', async () => {
    await using limited = await createApiFixture({ rateLimit: async () => 2500 })
    const response = await limited.post('tools.qrCode', { text: 'x' })
    expect(response.headers.get('Retry-After')).toBe('3')
    expect(await errorOf(response)).toMatchObject({
      status: 429,
      billing: { kind: 'rate_limited', retryAfterMs: 2500 },
    })
  })
})
