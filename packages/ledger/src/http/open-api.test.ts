import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import { createLedgerApp } from './create-ledger-app.ts'

type Document = {
  paths: Record<string, Record<string, { operationId: string; requestBody?: object }>>
}

let backend: TestBackend
let app: ReturnType<typeof createLedgerApp>
let document: Document

beforeAll(async () => {
  backend = await openTestBackend()
  app = createLedgerApp({ ledger: backend.ledger })
  document = JSON.parse(await (await app.request('/api/v1/openapi.json')).text())
})
afterAll(() => backend.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

it('describes exactly the routes of the API', () => {
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
    .filter(({ path }) => path !== '/api/v1/openapi.json')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const described = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(described.toSorted()).toEqual([...new Set(routes)].toSorted())
})

it('gives each operation a unique id', () => {
  const ids = operations().map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

it('describes the body wherever an empty one is refused', async () => {
  const undescribed: string[] = []
  for (const { path, method, operation } of operations().filter((one) => one.method !== 'get')) {
    const target = path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, 'none')
    const { status } = await backend.request(method.toUpperCase(), target, { unknownField: true })
    const body = JSON.stringify(operation.requestBody ?? {})
    // Constraints that a schema cannot express ("exactly one of these") are in its description.
    const described = body.includes('"required":[') || body.includes('"description":"give')
    if (status === 400 && !described) undescribed.push(path)
  }
  expect(undescribed).toEqual([])
})
