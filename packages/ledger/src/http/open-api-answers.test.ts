import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import {
  openTestBackend,
  present,
  type TestBackend,
  type TestCustomer,
} from '../testing/test-backend.ts'
import { createLedgerApp } from './create-ledger-app.ts'

const documentShape = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.unknown() }))),
})
const answerShape = z.looseObject({
  200: z.looseObject({
    content: z.looseObject({ 'application/json': z.looseObject({ schema: z.unknown() }) }),
  }),
})

let backend: TestBackend
let paths: z.output<typeof documentShape>['paths']
let ada: TestCustomer

beforeAll(async () => {
  backend = await openTestBackend()
  const app = createLedgerApp({ ledger: backend.ledger })
  paths = documentShape.parse(await (await app.request('/openapi.json')).json()).paths
  ada = await backend.customer()
  await ada.buy('images_topup_50')
})
afterAll(() => backend.close())

/** What the document says is answered, as something that can check an answer. */
function promised(method: string, path: string): z.ZodType {
  const { responses } = present(paths[`/api/v1${path}`]?.[method])
  const { schema } = answerShape.parse(responses)[200].content['application/json']
  return z.fromJSONSchema(z.looseObject({}).parse(schema))
}

const samples: { method: string; path: string; query?: string; body?: () => Promise<object> }[] = [
  { method: 'get', path: '/customers/{externalId}' },
  { method: 'get', path: '/customers/{externalId}/usage-balances' },
  {
    method: 'put',
    path: '/customers/{externalId}',
    body: async () => ({ customer: { name: 'A' } }),
  },
  { method: 'post', path: '/usage-events', body: async () => ({ usageEvent: await event('one') }) },
  {
    method: 'post',
    path: '/usage-events/bulk',
    body: async () => ({ usageEvents: [await event('two'), await event('three')] }),
  },
  { method: 'get', path: '/customers/{externalId}/ledger-entries', query: '?limit=3' },
  { method: 'get', path: '/customer-search' },
  { method: 'get', path: '/usage-per-day' },
  { method: 'get', path: '/verification' },
  { method: 'get', path: '/time' },
  { method: 'get', path: '/dev/state' },
  { method: 'post', path: '/dev/clock/advance', body: async () => ({ milliseconds: 1_000 }) },
]

async function event(transactionId: string) {
  const subscriptionId = (await ada.subscription()).id
  const properties = { operationId: `op_${transactionId}` }
  return {
    subscriptionId,
    transactionId,
    amount: 2,
    usageMeterSlug: 'image_generations',
    properties,
  }
}

it.each(samples)(
  '$method $path answers as the document says',
  async ({ method, path, query, body }) => {
    const target = path.replace('{externalId}', ada.externalId)
    const answer = await backend.request(
      method.toUpperCase(),
      target + (query ?? ''),
      await body?.(),
    )
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(promised(method, path).safeParse(answer.body).error?.issues ?? []).toEqual([])
    // A document that promises anything would always be right.
    expect(promised(method, path).safeParse({ something: 'else' }).success).toBe(false)
  },
)
