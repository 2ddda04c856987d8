import { randomUUID } from 'node:crypto'
import { operationKey } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ApiFixture, createApiFixture, newCustomer } from '../fixtures/api-fixture.ts'
import { appRouter } from '../router.ts'
import { openApi } from './open-api.ts'
import { readProcedures } from './read-procedures.ts'

const document = openApi(appRouter._def.record, { url: 'http://127.0.0.1:3000', paths: {} })
const operationShape = z.looseObject({
  parameters: z.array(z.looseObject({})).default([]),
  requestBody: z
    .object({
      content: z.object({
        'application/json': z.object({ schema: z.looseObject({}), example: z.unknown() }),
      }),
    })
    .optional(),
  responses: z.record(z.string(), z.unknown()),
})
const answerShape = z.object({
  content: z.object({ 'application/json': z.object({ schema: z.looseObject({}) }) }),
})
const procedures = readProcedures(appRouter._def.record)
const products = procedures.filter(({ billing }) => billing !== null).map(({ path }) => path)

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

describe('the OpenAPI document', () => {
  it('has every procedure of the router', () => {
    expect(Object.keys(document.paths)).toEqual(procedures.map(({ path }) => `/trpc/${path}`))
  })

  it('has an answer for everything that billing itself is asked', () => {
    const silent = procedures.filter(
      ({ path, output, type }) =>
        path.startsWith('billing.') && output === null && type !== 'subscription',
    )
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('gives every operation a name of its own', () => {
    const ids = JSON.stringify(document).match(/"operationId":"\w+"/g) ?? []
    expect(new Set(ids).size).toBe(procedures.length)
  })

  it.each(products)('%s demands an operation key and describes its refusals', (path) => {
    const { parameters, requestBody, responses } = operationOf(path)
    expect(parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: true }])
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining('200 400 401 402 403 409 412 422 429 503'.split(' ')),
    )
    expect(requestBody?.content['application/json'].schema).toMatchObject({ type: 'object' })
  })

  it('mentions no schema that it does not have', () => {
    const mentioned = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? []
    const names = new Set(mentioned.map((reference) => reference.split('/').at(-1) ?? ''))
    expect(names.size).toBeGreaterThan(10)
    expect([...names].filter((name) => !(name in document.components.schemas))).toEqual([])
  })
})

describe('a caller who knows the document alone', () => {
  it.each(products)('%s: gets the answer it describes for the example it gives', async (path) => {
    const response = await call(path, { key: randomUUID() })
    expect(response.status).toBe(200)
    await expectAsDescribed(path, response)
  })

  it('is answered without a key, without credits and with a used key, as described', async () => {
    const path = 'images.generate'
    const customer = newCustomer()
    expect((await call(path, { customer, key: null })).status).toBe(400)
    const key = randomUUID()
    await call(path, { customer, key })
    const reused = await call(path, { customer, key, body: { prompt: 'Something else' } })
    expect(reused.status).toBe(422)
    await expectAsDescribed(path, reused)
    const another = (seed: number) =>
      call(path, { customer, key: randomUUID(), body: { title: 'The sea', style: 'paper', seed } })
    for (let left = 9; left > 0; left--) await another(left)
    const refused = await another(0)
    expect(refused.status).toBe(402)
    await expectAsDescribed(path, refused)
  })

  it('reads balance, catalog, plan, history, ledger, results, caps and an operation as described', async () => {
    const customer = newCustomer()
    const key = operationKey(randomUUID())
    await call('tools.qrCode', { customer, key })
    await call('images.generate', { customer, key: randomUUID() })
    const { items } = await api.metering.results([customer.customerId], { limit: 1 })
    const reads: [path: string, input?: object][] = [
      ['billing.balance'],
      ['billing.catalog'],
      ['billing.plan'],
      ['billing.summary'],
      ['billing.activity', {}],
      ['billing.ledger', {}],
      ['billing.history', {}],
      ['billing.spendCaps'],
      ['billing.operation', { key }],
      ['billing.results', { procedure: 'images.generate' }],
      ['billing.receipt', { operationId: items[0]?.operationId }],
    ]
    for (const [path, input] of reads) {
      const response = await api.get(path, input, customer)
      expect(response.status, path).toBe(200)
      await expectAsDescribed(path, response)
    }
  })
})

function call(
  path: string,
  options: { customer?: ReturnType<typeof newCustomer>; key: string | null; body?: object },
): Promise<Response> {
  const example = operationOf(path).requestBody?.content['application/json'].example
  const body = options.body ?? z.looseObject({}).parse(example)
  const { customer = newCustomer(), key } = options
  return api.post(path, body, { customer, key })
}

/** Parses the body with the document's schema for its status. */
async function expectAsDescribed(path: string, response: Response): Promise<void> {
  const described = answerShape.parse(operationOf(path).responses[String(response.status)])
  // OpenAPI keeps its schemas in a different place than plain JSON Schema.
  const text = JSON.stringify({
    ...described.content['application/json'].schema,
    $defs: document.components.schemas,
  })
  const schema = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
  expect(schema.safeParse(await response.json()).error?.issues ?? [], path).toEqual([])
}

function operationOf(path: string) {
  const operations = z
    .record(z.string(), z.unknown())
    .parse(Reflect.get(document.paths, `/trpc/${path}`))
  return operationShape.parse(operations['post'] ?? operations['get'])
}
