import { randomUUID } from 'node:crypto'
import { type BillingCustomer, operationKey } from '@tollgate/contract'
import { APICallError, generateText, Output, stepCountIs, streamText, tool } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { meteredModel } from '../ai.ts'
import { createDigestJob } from '../fixtures/digest-job.ts'
import { answerOf, modelAnswering, modelStreaming, usageOf } from '../fixtures/mock-model.ts'
import { startModelServer } from '../fixtures/model-server.ts'
import { openStudio, type Studio } from '../fixtures/open-studio.ts'
import { InsufficientCreditsError, jobKey } from '../index.ts'
import type { ProviderModel } from './sdk-types.ts'

let studio: Studio
let server: Awaited<ReturnType<typeof startModelServer>>
beforeAll(async () => {
  studio = await openStudio()
  server = await startModelServer()
})
afterAll(async () => {
  await server.close()
  await studio.close()
})

/** One credit per token, a tenth for cached input. */
const prices = { 'gpt-test': { input: 1000, output: 1000, cachedInput: 100 } }
const countTokens = (text: string) => text.split(' ').filter(Boolean).length
const prompt = 'three short words'
const CREDITS = 10_000

function metered(model: ProviderModel, customer: BillingCustomer, key = randomUUID()) {
  return meteredModel(model, {
    prices,
    countTokens,
    metering: studio.metering,
    customer: { id: customer.customerId, email: customer.email },
    key: operationKey(key),
    operation: 'jobs.digest',
    meter: 'minutes',
    maxOutputTokens: 500,
  })
}

async function spent(customer: BillingCustomer, credits = CREDITS): Promise<number> {
  return credits - ((await studio.remaining(customer, 'minutes')) ?? 0)
}

const text = (said: string) => ({ type: 'text', text: said }) as const

describe('generateText with a model whose calls are operations', () => {
  it('is charged what the provider reports, and answers a retry from what is kept', async () => {
    const customer = studio.newCustomer(CREDITS)
    const model = modelAnswering(
      answerOf([text('hello')], usageOf({ input: 30, cached: 20, output: 5 })),
    )
    const key = randomUUID()
    const first = await generateText({ model: metered(model, customer, key), prompt })
    const again = await generateText({ model: metered(model, customer, key), prompt })
    expect(first.text).toBe('hello')
    expect(again.text).toBe('hello')
    expect(first.providerMetadata).toMatchObject({
      tollgate: { receipt: { charges: [{ meter: 'minutes', amount: 17 }], replayed: false } },
    })
    expect(again.providerMetadata).toMatchObject({ tollgate: { receipt: { replayed: true } } })
    expect(await spent(customer)).toBe(17)
  })

  it('is charged what was counted where the provider reports nothing', async () => {
    const customer = studio.newCustomer(CREDITS)
    const model = modelAnswering(answerOf([text('four words and more')]))
    await generateText({ model: metered(model, customer), prompt })
    expect(await spent(customer)).toBe(3 + 4)
  })

  it('is charged beyond its hold as far as the balance allows', async () => {
    const customer = studio.newCustomer(600)
    const model = modelAnswering(answerOf([text('hello')], usageOf({ input: 3, output: 900 })))
    await generateText({ model: metered(model, customer), prompt })
    expect(await spent(customer, 600)).toBe(600)
  })

  it('is refused before the model is asked when the balance does not cover the longest answer', async () => {
    const customer = studio.newCustomer(502)
    const model = modelAnswering(answerOf([text('hello')]))
    const refused = generateText({ model: metered(model, customer), prompt })
    await expect(refused).rejects.toBeInstanceOf(InsufficientCreditsError)
    expect(model.doGenerateCalls).toEqual([])
  })

  it('keeps the limit that it holds for', async () => {
    const model = modelAnswering(answerOf([text('a')]), answerOf([text('b')]))
    const customer = studio.newCustomer(CREDITS)
    await generateText({ model: metered(model, customer), prompt })
    await generateText({ model: metered(model, customer), prompt, maxOutputTokens: 80 })
    expect(model.doGenerateCalls.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([500, 80])
  })

  it('rejects another prompt under the same key', async () => {
    const customer = studio.newCustomer(CREDITS)
    const model = modelAnswering(answerOf([text('hello')]))
    const key = randomUUID()
    await generateText({ model: metered(model, customer, key), prompt })
    const other = generateText({ model: metered(model, customer, key), prompt: 'another' })
    await expect(other).rejects.toMatchObject({ code: 'key_reused' })
  })

  it("counts the SDK's own retry of a failed call as the same call", async () => {
    const customer = studio.newCustomer(CREDITS)
    const away = new APICallError({
      message: 'overloaded',
      url: 'https://models.example',
      requestBodyValues: {},
      isRetryable: true,
      responseHeaders: { 'retry-after-ms': '1' },
    })
    const key = randomUUID()
    const model = modelAnswering(away, answerOf([text('hello')], usageOf({ input: 3, output: 1 })))
    await generateText({ model: metered(model, customer, key), prompt })
    const again = await generateText({ model: metered(model, customer, key), prompt })
    expect(again.text).toBe('hello')
    expect(await spent(customer)).toBe(4)
  })

  it('reads an object like a text', async () => {
    const customer = studio.newCustomer(CREDITS)
    const model = modelAnswering(answerOf([text('{"a":1}')], usageOf({ input: 9, output: 6 })))
    const output = Output.object({ schema: z.object({ a: z.number() }) })
    const result = await generateText({ model: metered(model, customer), prompt, output })
    expect(result.output).toEqual({ a: 1 })
    expect(await spent(customer)).toBe(15)
  })
})

describe('a call with tools', () => {
  const toolCall = { type: 'tool-call', toolCallId: 'c1', toolName: 'now', input: '{}' } as const
  const answers = [
    answerOf([toolCall], usageOf({ input: 10, output: 2 })),
    answerOf([text('noon')], usageOf({ input: 20, output: 1 })),
  ] as const

  it('makes every step an operation, which a retry finds again whatever its tools answer then', async () => {
    const { customerId: id, email } = studio.newCustomer(CREDITS)
    let asked = 0
    const digest = createDigestJob(studio.metering, modelAnswering(...answers), {
      now: tool({ inputSchema: z.object({}), execute: () => `answer ${(asked += 1)}` }),
    })
    const job = { id: randomUUID(), customer: { id, email }, question: 'What time is it?' }
    expect(await digest(job)).toBe('noon')
    expect(await digest(job)).toBe('noon')
    expect(asked).toBe(2)
    for (const [step, charged] of [7, 7].entries()) {
      const key = jobKey(jobKey('digest', job.id), step)
      expect(await studio.metering.operation(id, key, 'jobs.digest')).toMatchObject({
        charges: [{ meter: 'minutes', charged }],
      })
    }
    const { items } = await studio.metering.activity(id, { limit: 9 })
    expect(items).toHaveLength(2)
  })

  it('does not charge the steps that were done again when a later one had failed', async () => {
    const customer = studio.newCustomer(CREDITS)
    const model = modelAnswering(answers[0], new Error('out of ink'), answers[1])
    const key = randomUUID()
    const run = () =>
      generateText({
        model: metered(model, customer, key),
        prompt,
        stopWhen: stepCountIs(5),
        tools: { now: tool({ inputSchema: z.object({}), execute: () => 'noon' }) },
      })
    await expect(run()).rejects.toThrow('out of ink')
    expect((await run()).text).toBe('noon')
    expect(await spent(customer)).toBe(12 + 21)
  })
})

describe('streamText with a model whose calls are operations', { timeout: 120_000 }, () => {
  it('is charged what was delivered to the token, aborted at every chunk of 200 streams over HTTP', async () => {
    const customer = studio.newCustomer(100_000)
    const charged: number[] = []
    for (let at = 1; at <= 200; at += 1) {
      const key = randomUUID()
      const reader = new AbortController()
      const { textStream } = streamText({
        model: metered(server.model, customer, key),
        prompt,
        abortSignal: reader.signal,
        onError() {},
      })
      const request = await server.request()
      request.say('word ')
      let read = 0
      for await (const _ of textStream) {
        read += 1
        if (read === at) reader.abort()
        else request.say('word ')
      }
      expect(read).toBe(at)
      await expect
        .poll(() => amountOf(customer, key), { interval: 5, timeout: 10_000 })
        .toBeGreaterThan(0)
      charged.push(await amountOf(customer, key))
    }
    expect(charged).toEqual(Array.from({ length: 200 }, (_, index) => 3 + index + 1))
    expect(await spent(customer, 100_000)).toBe(charged.reduce((sum, one) => sum + one, 0))
  })

  it.each([
    { name: 'less than was counted', usage: { input: 3, output: 1 }, amount: 4 },
    { name: 'more than was counted', usage: { input: 12, output: 9 }, amount: 21 },
    { name: 'cached input', usage: { input: 13, cached: 10, output: 2 }, amount: 6 },
  ])('is charged what the provider reports in the end: $name', async ({ usage, amount }) => {
    const customer = studio.newCustomer(CREDITS)
    const result = streamText({ model: metered(server.model, customer), prompt })
    const request = await server.request()
    request.say('two ')
    request.say('words')
    request.finish(usage)
    expect(await result.text).toBe('two words')
    expect(await result.providerMetadata).toMatchObject({
      tollgate: { receipt: { charges: [{ amount }] } },
    })
    expect(await spent(customer)).toBe(amount)
  })

  it('is charged what arrived when the connection is lost, and says that it failed', async () => {
    const customer = studio.newCustomer(CREDITS)
    const errors: unknown[] = []
    const { textStream } = streamText({
      model: metered(server.model, customer),
      prompt,
      onError: ({ error }) => void errors.push(error),
    })
    const request = await server.request()
    request.say('two ')
    let read = 0
    for await (const _ of textStream) {
      read += 1
      if (read === 2) request.cut()
      else request.say('words')
    }
    expect(errors).toHaveLength(1)
    expect(await spent(customer)).toBe(3 + 2)
  })

  it('is free when it is aborted before its first word', async () => {
    const customer = studio.newCustomer(CREDITS)
    const reader = new AbortController()
    const result = streamText({
      model: metered(server.model, customer),
      prompt,
      abortSignal: reader.signal,
    })
    const reading = readAll(result.textStream)
    await server.request()
    reader.abort()
    expect(await reading).toEqual([])
    await expect.poll(() => held(customer)).toBe(0)
    expect(await spent(customer)).toBe(0)
  })

  it('is given again under its key, with its usage and its date', async () => {
    const customer = studio.newCustomer(CREDITS)
    const model = modelStreaming(['two ', 'words'], usageOf({ input: 3, output: 2 }))
    const key = randomUUID()
    for (const replayed of [false, true]) {
      const result = streamText({ model: metered(model, customer, key), prompt })
      expect(await result.text).toBe('two words')
      expect(await result.usage).toMatchObject({ inputTokens: 3, outputTokens: 2 })
      expect((await result.response).timestamp).toEqual(new Date(0))
      expect(await result.providerMetadata).toMatchObject({ tollgate: { receipt: { replayed } } })
    }
    expect(model.doStreamCalls).toHaveLength(1)
    expect(await spent(customer)).toBe(5)
  })
})

async function readAll(pieces: AsyncIterable<string>): Promise<string[]> {
  const read: string[] = []
  for await (const piece of pieces) read.push(piece)
  return read
}

async function amountOf(customer: BillingCustomer, key: string): Promise<number> {
  const name = 'jobs.digest'
  const operation = await studio.metering.operation(customer.customerId, jobKey(key, 0), name)
  return operation?.charges.reduce((sum, { charged }) => sum + charged, 0) ?? 0
}

async function held(customer: BillingCustomer): Promise<number | undefined> {
  const balances = await studio.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'minutes')?.held
}
