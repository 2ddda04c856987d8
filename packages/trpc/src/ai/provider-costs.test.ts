import { randomUUID } from 'node:crypto'
import { type BillingCustomer, operationKey } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import { inspectOperation } from '@tollgate/metering/postgres'
import { APICallError, generateText, stepCountIs, streamText, tool } from 'ai'
import { MockLanguageModelV3 } from 'ai/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { meteredModel } from '../ai.ts'
import { answerOf, modelAnswering, modelStreaming, usageOf } from '../fixtures/mock-model.ts'
import { openStudio, type Studio } from '../fixtures/open-studio.ts'
import { sendCall } from '../fixtures/send-call.ts'
import { createStudioApp } from '../fixtures/studio-app.ts'
import type { ProviderModel, StreamPart } from './sdk-types.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio.close())

const prices = { 'gpt-test': { input: 1000, output: 1000 } }
/** One and two dollars per million tokens, so a token costs one or two millionths. */
const costs = { 'gpt-test': { input: 1_000_000, output: 2_000_000, cachedInput: 100_000 } }
const prompt = 'twelve bytes'
const PROMPT_TOKENS = 3
const text = (said: string) => ({ type: 'text', text: said }) as const

const callOf = (customer: BillingCustomer) =>
  ({
    customer,
    procedure: 'text.write',
    key: operationKey(randomUUID()),
    input: null,
    charges: [{ meter: 'minutes', hold: 500 }],
    settle: 'reported',
  }) as const

async function costsOf(operationId: string | undefined): Promise<object[]> {
  const found = await inspectOperation(studio.database, operationId ?? '')
  const stored: unknown = found?.['providerCosts'] ?? []
  return Array.isArray(stored) ? stored : []
}

/** Reads at most `limit` words of a billed model stream, and returns its stored costs. */
async function streamed(provider: ProviderModel, limit = Infinity): Promise<object[]> {
  const call = callOf(studio.newCustomer(1000))
  const { chunks, operationId } = await studio.metering.run(call, async function* (operation) {
    const model = meteredModel(provider, { prices, costs, operation })
    const { fullStream } = streamText({ model, prompt, abortSignal: operation.signal })
    for await (const part of model.deliver(fullStream)) {
      if (part.type === 'text-delta') yield part.text
    }
  })
  let count = 0
  for await (const _ of chunks) {
    count += 1
    if (count === limit) break
  }
  return costsOf(operationId)
}

/** A model that streams these words and then hangs until its request is aborted. */
function endlessModel(words: readonly string[]) {
  const parts: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', id: 'r1', modelId: 'gpt-test-2026' },
    { type: 'text-start', id: 't1' },
    ...words.map((delta) => ({ type: 'text-delta', id: 't1', delta }) as const),
  ]
  return new MockLanguageModelV3({
    modelId: 'gpt-test',
    doStream: async () => ({
      stream: new ReadableStream({
        start: (stream) => parts.forEach((part) => stream.enqueue(part)),
      }),
    }),
  })
}

describe('the cost of a stream', () => {
  it('is what its provider reports, whatever its reader has taken and was charged', async () => {
    const usage = usageOf({ input: 90, cached: 50, output: 900 })
    expect(await streamed(modelStreaming(['one ', 'two ', 'three'], usage), 1)).toMatchObject([
      {
        provider: 'mock-provider',
        model: 'gpt-test',
        inputTokens: 90,
        cachedInputTokens: 50,
        outputTokens: 900,
        costMicros: 40 + 5 + 1800,
        source: 'reported',
      },
    ])
  })

  it('is what was counted of a stream that was left before its end, under the model that answered', async () => {
    expect(await streamed(endlessModel(['four', 'more']), 2)).toMatchObject([
      {
        model: 'gpt-test-2026',
        inputTokens: PROMPT_TOKENS,
        outputTokens: 2,
        costMicros: PROMPT_TOKENS + 4,
        source: 'estimated',
      },
    ])
  })
})

describe('the cost of a call', () => {
  const write = (work: (operation: RunningOperation) => Promise<unknown>) =>
    studio.metering.run(callOf(studio.newCustomer(1000)), work)

  it('is stored for every model of an operation, and not known for one without a cost', async () => {
    const { receipt } = await write(async (operation) => {
      for (const known of [costs, {}]) {
        const answer = answerOf([text('a')], usageOf({ input: 10, output: 5 }))
        const provider = modelAnswering({
          ...answer,
          response: { modelId: known === costs ? 'gpt-test' : 'gpt-new' },
        })
        await generateText({
          model: meteredModel(provider, { prices, costs: known, operation }),
          prompt,
        })
      }
      return 'written'
    })
    expect(await costsOf(receipt.operationId)).toMatchObject([
      { model: 'gpt-new', calls: 1, inputTokens: 10, costMicros: null },
      { model: 'gpt-test', calls: 1, inputTokens: 10, costMicros: 20 },
    ])
  })

  it('is nothing when the provider refuses it, and is stored with the work that fails of it', async () => {
    let operationId: string | undefined
    const refused = new APICallError({
      message: 'too many requests',
      url: 'https://models.example',
      requestBodyValues: {},
      statusCode: 429,
      isRetryable: false,
    })
    const failing = write(async (operation) => {
      operationId = operation.operationId
      const provider = modelAnswering(
        answerOf([text('a')], usageOf({ input: 10, output: 5 })),
        refused,
      )
      const model = meteredModel(provider, { prices, costs, operation })
      await generateText({ model, prompt, maxRetries: 0 })
      await generateText({ model, prompt, maxRetries: 0 })
    })
    await expect(failing).rejects.toThrow('too many requests')
    expect(await costsOf(operationId)).toMatchObject([
      { calls: 2, inputTokens: 10, outputTokens: 5, costMicros: 20, source: 'reported' },
    ])
  })

  it('is counted where the provider reports no usage', async () => {
    const { receipt } = await write(async (operation) => {
      const provider = modelAnswering(answerOf([text('four more')]))
      const model = meteredModel(provider, { prices, costs, operation })
      return (await generateText({ model, prompt })).text
    })
    expect(await costsOf(receipt.operationId)).toMatchObject([
      { inputTokens: PROMPT_TOKENS, outputTokens: 3, source: 'estimated' },
    ])
  })

  it('may be that of its prompt when the connection breaks before the answer', async () => {
    let operationId: string | undefined
    const broken = new APICallError({
      message: 'socket hang up',
      url: 'https://models.example',
      requestBodyValues: {},
    })
    const failing = write(async (operation) => {
      operationId = operation.operationId
      const model = meteredModel(modelAnswering(broken), { prices, costs, operation })
      await generateText({ model, prompt, maxRetries: 0 })
    })
    await expect(failing).rejects.toThrow('socket hang up')
    expect(await costsOf(operationId)).toMatchObject([
      { inputTokens: PROMPT_TOKENS, costMicros: PROMPT_TOKENS, source: 'estimated' },
    ])
  })

  it('is stored with each step where each is an operation, and not again for a retry', async () => {
    const { customerId: id, email } = studio.newCustomer(10_000)
    const toolCall = { type: 'tool-call', toolCallId: 'c1', toolName: 'now', input: '{}' } as const
    const key = operationKey(randomUUID())
    const digest = async (provider: ProviderModel) =>
      generateText({
        model: meteredModel(provider, {
          prices,
          costs,
          metering: studio.metering,
          customer: { id, email },
          key,
          operation: 'jobs.digest',
          meter: 'minutes',
          maxOutputTokens: 500,
        }),
        prompt,
        stopWhen: stepCountIs(5),
        tools: { now: tool({ inputSchema: z.object({}), execute: () => 'noon' }) },
      })
    const receipts = z.object({
      tollgate: z.object({ receipt: z.object({ operationId: z.string() }) }),
    })
    const answers = [
      answerOf([toolCall], usageOf({ input: 10, output: 2 })),
      answerOf([text('noon')], usageOf({ input: 20, output: 1 })),
    ]
    const { steps } = await digest(modelAnswering(...answers))
    await digest(modelAnswering())
    const stored = await Promise.all(
      steps.map(({ providerMetadata }) =>
        costsOf(receipts.parse(providerMetadata).tollgate.receipt.operationId),
      ),
    )
    expect(stored).toMatchObject([[{ calls: 1, costMicros: 14 }], [{ calls: 1, costMicros: 22 }]])
  })

  it('is rejected for fractions where the model is wrapped', () => {
    const fraction = { 'gpt-test': { input: 0.25, output: 2 } }
    const operation = { correct() {} }
    expect(() => meteredModel(modelAnswering(), { prices, costs: fraction, operation })).toThrow(
      '$0.25 is 250000',
    )
  })
})

describe('the cost that a price declares', () => {
  it('is stored with the charge, and no caller is shown it', async () => {
    const app = createStudioApp(studio.metering)
    const customer = studio.newCustomer(100)
    const user = { id: customer.customerId, email: customer.email }
    const answer = await sendCall(app, 'film', { seconds: 90 }, { user })
    expect(await answer.text()).not.toContain('a-camera')
    expect(await costsOf(answer.headers.get('x-operation-id') ?? '')).toMatchObject([
      { provider: 'a-camera', model: 'a-camera', costMicros: 4300, source: 'declared' },
    ])
  })
})
