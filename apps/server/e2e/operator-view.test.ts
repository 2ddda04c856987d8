import type { UsageReceipt } from '@tollgate/contract'
import { verifyReceipt } from '@tollgate/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customerOf, type Guest } from '../fixtures/guest.ts'
import { makeOperator } from '../fixtures/make-operator.ts'
import { type Credentials, enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { startModel } from '../fixtures/start-model.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { openFlowglad } from '../src/flowglad.server.ts'

const PATIENTLY = { timeout: 30_000, interval: 100 }
const REASON = 'the meter exists again'

let refuses = false
const openBackend: typeof openFlowglad = (options) => {
  const backend = openFlowglad(options)
  return {
    ...backend,
    deliverUsage: async (deliveries, call) =>
      refuses
        ? deliveries.map(({ transactionId }): UsageReceipt => ({
            transactionId,
            outcome: 'refused',
            reason: 'there is no such meter',
          }))
        : backend.deliverUsage(deliveries, call),
  }
}

let model: Awaited<ReturnType<typeof startModel>>
let server: Awaited<ReturnType<typeof startTestServer>>
let operator: Guest
let operatorEmail: string
let customer: Guest
let customerCredentials: Credentials
beforeAll(async () => {
  model = await startModel()
  const provider = { OPENAI_API_KEY: 'sk', OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'gpt-5-mini' }
  server = await startTestServer(provider, { openBackend })
  const credentials = newCredentials()
  await enter(server.url, 'sign-up/email', credentials)
  operator = await makeOperator(server, credentials)
  operatorEmail = credentials.email
  customerCredentials = newCredentials()
  customer = await enter(server.url, 'sign-up/email', customerCredentials)
})
afterAll(async () => {
  await server.close()
  await model.close()
})

async function read<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  input: object = {},
): Promise<z.output<Schema>> {
  const { text, status } = await operator.read(
    `operator/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
  )
  expect(status, text).toBe(200)
  const answer = z.object({ result: z.object({ data: z.unknown() }) }).parse(JSON.parse(text))
  return schema.parse(answer.result.data)
}

async function makeQrCode(): Promise<string> {
  const made = await customer.call('tools.qrCode', { text: 'https://example.com' })
  expect(made.status, made.text).toBe(200)
  return made.headers.get('x-operation-id') ?? ''
}

const foundSchema = z.object({ customerId: z.string(), operationId: z.string().nullable() })
const operationSchema = z.object({
  customerId: z.string(),
  state: z.string(),
  holds: z.array(z.object({ meter: z.string(), charged: z.number(), balanceAfter: z.number() })),
  undelivered: z.array(z.object({ state: z.string(), reason: z.string().nullable() })),
  recorded: z.array(z.object({ transactionId: z.string(), amount: z.number() })),
  providerCosts: z.array(z.record(z.string(), z.unknown())),
  signedReceipt: z.string(),
})
const figuresSchema = z.object({
  used: z.array(z.looseObject({ procedure: z.string(), releasedMicros: z.number() })),
})
const keysSchema = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() })),
})
const quarantinedSchema = z.object({
  items: z.array(
    z.object({ transactionId: z.string(), customerId: z.string(), reason: z.string() }),
  ),
})
const changesSchema = z.object({
  items: z.array(
    z.object({
      action: z.string(),
      operator: z.string(),
      via: z.string(),
      reason: z.string(),
      transactionId: z.string().nullable(),
    }),
  ),
})

describe('the operator’s view', { timeout: 120_000 }, () => {
  it('shows the whole story of an operation: hold, charge, the backend’s entry, balance and signed receipt', async () => {
    const operationId = await makeQrCode()
    const customerId = await customerOf(server.url, customer)
    for (const text of [operationId, customerId, customerCredentials.email]) {
      expect(await read('find', foundSchema, { text })).toMatchObject({ customerId })
    }
    await expect
      .poll(
        async () => (await read('operation', operationSchema, { operationId })).recorded,
        PATIENTLY,
      )
      .toMatchObject([{ transactionId: expect.stringMatching(/^tg_/), amount: 1 }])
    const story = await read('operation', operationSchema, { operationId })
    expect(story).toMatchObject({
      customerId,
      state: 'settled',
      holds: [{ meter: 'api_calls', charged: 1, balanceAfter: expect.any(Number) }],
      undelivered: [],
      providerCosts: [],
    })
    const published = await fetch(`${server.url}/.well-known/tollgate-receipts.json`)
    const { keys } = keysSchema.parse(await published.json())
    const verified = await verifyReceipt(story.signedReceipt, { issuer: server.url, keys })
    expect(verified).toMatchObject({ valid: true, statement: { operationId, customerId } })
  })

  it('replays a quarantined event with a reason, and records its author', async () => {
    refuses = true
    await makeQrCode()
    const customerId = await customerOf(server.url, customer)
    const quarantined = async () =>
      (await read('quarantined', quarantinedSchema)).items.filter(
        (event) => event.customerId === customerId,
      )
    await expect.poll(async () => (await quarantined()).length, PATIENTLY).toBe(1)
    const [event] = await quarantined()
    refuses = false
    const transactionId = event?.transactionId ?? ''
    const replayed = await operator.call('operator/replay', { transactionId, reason: REASON })
    expect(replayed.text).toContain('"changed":true')
    expect(await quarantined()).toEqual([])
    expect((await read('changes', changesSchema, { customerId })).items).toEqual([
      { action: 'replay', operator: operatorEmail, via: 'view', reason: REASON, transactionId },
    ])
    const twice = await operator.call('operator/replay', { transactionId, reason: REASON })
    expect(twice.text).toContain('"changed":false')
    expect((await read('changes', changesSchema, { customerId })).items).toHaveLength(1)
  })

  it('shows what was used and what refused, and who became an operator', async () => {
    await makeQrCode()
    const figures = await read('figures', z.record(z.string(), z.unknown()), { days: 7 })
    expect(figures['used']).toContainEqual(
      expect.objectContaining({ procedure: 'tools.qrCode', model: null, costMicros: null }),
    )
    expect(figures['revenue']).toEqual([])
    const refused = await customer.call('images.generate', { title: 'A card', hd: true })
    expect(refused.status).toBe(403)
    const { counts } = await read('refusals', z.object({ counts: z.array(z.unknown()) }))
    expect(counts).toContainEqual(
      expect.objectContaining({ procedure: 'images.generate', count: 1 }),
    )
    const operators = await read('operators', z.array(z.object({ email: z.string() })))
    expect(operators).toEqual([{ email: operatorEmail }])
  })

  it('shows what each model was paid, charged or not, and the same after the server has got another', async () => {
    const summarize = () => customer.call('text.summarize', { text: 'One. Two.', sentences: 1 })
    const summaries = async () =>
      (await read('figures', figuresSchema, { days: 1 })).used.filter(
        ({ procedure }) => procedure === 'text.summarize',
      )
    const operationId = (await summarize()).headers.get('x-operation-id')
    const story = await read('operation', operationSchema, { operationId })
    expect(story.providerCosts).toMatchObject([
      { provider: 'openai', model: 'gpt-5-mini', inputTokens: 12, outputTokens: 2, costMicros: 7 },
    ])
    model.setBroken(true)
    const broken = await summarize()
    expect(broken.status, broken.text).toBe(500)
    model.setBroken(false)
    const before = await summaries()
    const lost = before[0]?.releasedMicros ?? 0
    expect(lost).toBeGreaterThan(0)
    expect(before).toMatchObject([
      { model: 'gpt-5-mini', charged: 1, released: 1, estimated: 1, costMicros: 7 + lost },
    ])
    await server.restart({ OPENAI_MODEL: 'gpt-without-a-price' })
    await summarize()
    expect(await summaries()).toEqual([
      ...before,
      expect.objectContaining({ model: 'gpt-without-a-price', unknown: 1, costMicros: null }),
    ])
  })

  it('finds nothing where there is nothing, and makes no customer by looking', async () => {
    for (const text of ['unknown@example.com', 'no-such-customer', crypto.randomUUID()]) {
      expect(await read('find', z.null(), { text })).toBeNull()
    }
  })
})
