import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ApiFixture, createApiFixture, newCustomer } from '../fixtures/api-fixture.ts'
import { appRouter } from '../router.ts'
import { openApi } from './open-api.ts'

const document = openApi(appRouter._def.record, 'http://127.0.0.1:3000')
const operations = Object.entries(document.paths)
const products = ['/trpc/images.generate', '/trpc/text.summarize', '/trpc/tools.qrCode']

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

describe('the OpenAPI document', () => {
  it('lists the billed procedures and none of the free ones', () => {
    const paths = operations.map(([path]) => path)
    expect(paths).toEqual(expect.arrayContaining(products))
    expect(paths.filter((path) => path.startsWith('/trpc/billing.'))).toEqual([])
  })

  it.each(operations)(
    '%s demands an operation key and describes its refusals',
    (_path, { post }) => {
      expect(post.parameters).toMatchObject([
        { name: 'Idempotency-Key', in: 'header', required: true },
      ])
      expect(Object.keys(post.responses)).toEqual(
        expect.arrayContaining([
          '200',
          '400',
          '401',
          '402',
          '403',
          '409',
          '412',
          '422',
          '429',
          '503',
        ]),
      )
      expect(post.requestBody.content['application/json'].schema).toMatchObject({ type: 'object' })
    },
  )

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
    const path = '/trpc/images.generate'
    const customer = newCustomer()
    expect((await call(path, { customer, key: null })).status).toBe(400)
    const key = randomUUID()
    await call(path, { customer, key })
    const reused = await call(path, { customer, key, body: { prompt: 'Something else' } })
    expect(reused.status).toBe(422)
    await expectAsDescribed(path, reused)
    for (let left = 9; left > 0; left--) await call(path, { customer, key: randomUUID() })
    const refused = await call(path, { customer, key: randomUUID() })
    expect(refused.status).toBe(402)
    await expectAsDescribed(path, refused)
  })
})

function call(
  path: string,
  options: { customer?: ReturnType<typeof newCustomer>; key: string | null; body?: object },
): Promise<Response> {
  const { example } = operationOf(path).requestBody.content['application/json']
  const body = options.body ?? z.looseObject({}).parse(example)
  const { customer = newCustomer(), key } = options
  return api.post(path.replace('/trpc/', ''), body, { customer, key })
}

/** Reads the body by the schema the document has for its status. */
async function expectAsDescribed(path: string, response: Response): Promise<void> {
  const described = z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.looseObject({}) }) }) })
    .parse(Reflect.get(operationOf(path).responses, String(response.status)))
  // OpenAPI keeps its schemas elsewhere than plain JSON Schema does.
  const text = JSON.stringify({
    ...described.content['application/json'].schema,
    $defs: document.components.schemas,
  })
  const schema = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
  expect(schema.safeParse(await response.json())).toMatchObject({ success: true })
}

function operationOf(path: string) {
  const operation = document.paths[path]?.post
  if (!operation) throw new Error(`The document has no ${path}.`)
  return operation
}
