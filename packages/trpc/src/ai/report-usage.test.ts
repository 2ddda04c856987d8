import { randomUUID } from 'node:crypto'
import { operationKey, type BillingCustomer } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import { generateText, smoothStream, stepCountIs, streamText, tool } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { meteredModel } from '../ai.ts'
import { answerOf, modelAnswering, modelStreaming, usageOf } from '../fixtures/mock-model.ts'
import { dataOf, sendCall } from '../fixtures/send-call.ts'
import { createWriterApp } from '../fixtures/writer-app.ts'
import { openStudio, type Studio } from '../fixtures/open-studio.ts'
import type { ProviderModel } from './sdk-types.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio.close())

const prices = { 'gpt-test': { input: 1000, output: 1000 } }
const countTokens = (text: string) => text.split(' ').filter(Boolean).length
const prompt = 'three short words'
const words = Array.from({ length: 200 }, () => 'word ')

function callOf(customer: BillingCustomer) {
  return {
    customer,
    procedure: 'text.write',
    key: operationKey(randomUUID()),
    input: null,
    charges: [{ meter: 'minutes', hold: 500 }],
    settle: 'reported',
  } as const
}

/** Reads a billed stream of a model's words and stops after some of them. */
async function readWords(
  customer: BillingCustomer,
  provider: ProviderModel,
  { limit = Infinity, transform = false } = {},
): Promise<string[]> {
  const { chunks } = await studio.metering.run(callOf(customer), async function* (operation) {
    const model = meteredModel(provider, { prices, countTokens, operation })
    const { fullStream } = streamText({
      model,
      prompt,
      abortSignal: operation.signal,
      ...(transform ? { experimental_transform: smoothStream({ delayInMs: null }) } : {}),
    })
    for await (const part of model.deliver(fullStream)) {
      if (part.type === 'text-delta') yield part.text
    }
  })
  const read: string[] = []
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') read.push(chunk)
    if (read.length === limit) break
  }
  return read
}

async function spent(customer: BillingCustomer): Promise<number> {
  return 1000 - ((await studio.remaining(customer, 'minutes')) ?? 0)
}

describe('a stream in a billed operation', { timeout: 60_000 }, () => {
  it('is charged what its reader took to the token, left at every chunk, whatever the SDK has read ahead', async () => {
    const usage = usageOf({ input: 90, output: 900 })
    const charged: number[] = []
    for (const limit of words.keys()) {
      const customer = studio.newCustomer(1000)
      await readWords(customer, modelStreaming(words, usage), { limit: limit + 1 })
      charged.push(await spent(customer))
    }
    expect(charged).toEqual(words.map((_, index) => 3 + index + 1))
  })

  it.each([
    { name: 'less than was counted', usage: { input: 2, output: 190 }, amount: 192 },
    { name: 'more than was counted', usage: { input: 9, output: 210 }, amount: 219 },
    { name: 'more than is held', usage: { input: 9, output: 610 }, amount: 619 },
    { name: 'only its output', usage: { output: 210 }, amount: 213 },
    { name: 'nothing', usage: {}, amount: 203 },
  ])(
    'is charged what the provider reports when it was read to its end: $name',
    async ({ usage, amount }) => {
      const customer = studio.newCustomer(1000)
      expect(await readWords(customer, modelStreaming(words, usageOf(usage)))).toHaveLength(200)
      expect(await spent(customer)).toBe(amount)
    },
  )

  it('is charged what its reader took when a transform has cut it into other pieces', async () => {
    const customer = studio.newCustomer(1000)
    const pieces = ['one two three ', 'four five six ']
    const model = modelStreaming(pieces, usageOf({ input: 3, output: 6 }))
    expect(await readWords(customer, model, { limit: 2, transform: true })).toEqual([
      'one ',
      'two ',
    ])
    expect(await spent(customer)).toBe(3 + 2)
  })
})

describe('a billed procedure that streams what a model writes', () => {
  it('answers with its words and charges what the provider reports', async () => {
    const usage = usageOf({ input: 400, cached: 200, output: 20 })
    const app = createWriterApp(studio.metering, modelStreaming(['two ', 'words'], usage))
    const customer = studio.newCustomer(2000)
    const user = { id: customer.customerId, email: customer.email }
    const response = await sendCall(app, 'write', { prompt }, { user })
    expect(await dataOf(response)).toMatchObject([
      { type: 'delta', text: 'two ' },
      { type: 'delta', text: 'words' },
      { type: 'receipt', receipt: { charges: [{ meter: 'minutes', amount: 50 + 5 + 40 }] } },
    ])
  })
})

describe('a whole answer in a billed operation', () => {
  const write = async (
    customer: BillingCustomer,
    work: (operation: RunningOperation) => Promise<string>,
  ) => studio.metering.run(callOf(customer), work)

  it('is charged the usage of all its steps', async () => {
    const customer = studio.newCustomer(1000)
    const toolCall = { type: 'tool-call', toolCallId: 'c1', toolName: 'now', input: '{}' } as const
    const provider = modelAnswering(
      answerOf([toolCall], usageOf({ input: 10, output: 2 })),
      answerOf([{ type: 'text', text: 'noon' }], usageOf({ input: 20, output: 1 })),
    )
    await write(customer, async (operation) => {
      const { text } = await generateText({
        model: meteredModel(provider, { prices, countTokens, operation }),
        prompt,
        stopWhen: stepCountIs(5),
        tools: { now: tool({ inputSchema: z.object({}), execute: () => 'noon' }) },
      })
      return text
    })
    expect(await spent(customer)).toBe(33)
  })

  it('is charged a stream that no reader takes as the SDK reads it', async () => {
    const customer = studio.newCustomer(1000)
    await write(customer, async (operation) => {
      const provider = modelStreaming(['two ', 'words'], usageOf())
      const model = meteredModel(provider, { prices, countTokens, operation })
      return streamText({ model, prompt }).text
    })
    expect(await spent(customer)).toBe(5)
  })
})

describe('a model without a price that can be charged', () => {
  const operation = { correct() {} }
  const provider = modelAnswering()

  it('is rejected with the line to write', () => {
    expect(() => meteredModel(provider, { prices: {}, operation })).toThrow(
      "Add it: prices: { 'gpt-test': { input: 250, output: 1000 } }",
    )
  })

  it('is rejected for fractions', () => {
    const fraction = { 'gpt-test': { input: 0.25, output: 1 } }
    expect(() => meteredModel(provider, { prices: fraction, operation })).toThrow(
      'Write credits per 1,000 tokens.',
    )
  })
})
