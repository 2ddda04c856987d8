import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { newCredentials } from '../fixtures/sign-in-account.ts'
import { signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const schemaIn = z.object({
  content: z.object({ 'application/json': z.object({ schema: z.looseObject({}) }) }),
})
const documentShape = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) })),
  ),
})

let server: Awaited<ReturnType<typeof startTestServer>>
let paths: z.output<typeof documentShape>['paths']
beforeAll(async () => {
  server = await startTestServer()
  paths = documentShape.parse(await (await fetch(`${server.url}/openapi.json`)).json()).paths
})
afterAll(() => server?.close())

/** Checks a response against its schema in the document. */
async function expectAsDescribed(path: string, response: Response): Promise<void> {
  const method = response.url.endsWith('get-session') ? 'get' : 'post'
  const described = schemaIn.parse(paths[path]?.[method]?.responses[String(response.status)])
  const schema = z.fromJSONSchema(described.content['application/json'].schema)
  expect(schema.safeParse(await response.json()).error?.issues ?? []).toEqual([])
  // Guards against a schema that accepts everything.
  expect(schema.safeParse('nothing of the kind').success).toBe(false)
}

function post(path: string, body: object, token?: string): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
}

it('describes signing in, what it answers and the token it gives', async () => {
  const { name, email, password } = newCredentials()
  const tokens: (string | null)[] = []
  for (const [path, body] of [
    ['/api/auth/sign-in/anonymous', {}],
    ['/api/auth/sign-up/email', { name, email, password }],
    ['/api/auth/sign-in/email', { email, password }],
  ] as const) {
    const response = await post(path, body)
    expect(response.status).toBe(200)
    tokens.push(response.headers.get('set-auth-token'))
    await expectAsDescribed(path, response)
  }
  expect(tokens.filter((token) => token !== null)).toHaveLength(3)
  const refused = await post('/api/auth/sign-in/email', { email, password: 'another one' })
  expect(refused.status).toBe(401)
  await expectAsDescribed('/api/auth/sign-in/email', refused)
})

it('describes the session, and its end', async () => {
  const { token } = await signInAsGuest(server.url)
  const authorization = `Bearer ${token}`
  const session = await fetch(`${server.url}/api/auth/get-session`, { headers: { authorization } })
  await expectAsDescribed('/api/auth/get-session', session)
  const { email, password, name } = newCredentials()
  const account = await post('/api/auth/sign-up/email', { name, email, password })
  const ended = await post(
    '/api/auth/sign-out',
    {},
    account.headers.get('set-auth-token') ?? undefined,
  )
  expect(ended.status).toBe(200)
  await expectAsDescribed('/api/auth/sign-out', ended)
})

it('names the file of a result and everything billing answers', () => {
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/results/{operationId}',
      '/trpc/images.generate',
      '/trpc/billing.balance',
      '/trpc/billing.checkout',
      '/trpc/billing.operation',
    ]),
  )
})
