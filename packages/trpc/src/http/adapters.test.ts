import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import { BALANCE_HEADER, REPLAYED_HEADER } from '@tollgate/contract'
import { awsLambdaRequestHandler } from '@trpc/server/adapters/aws-lambda'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStudio, type Studio } from '../fixtures/open-studio.ts'
import { createStudioApp } from '../fixtures/studio-app.ts'

let studio: Studio
let app: ReturnType<typeof createStudioApp>
beforeAll(async () => {
  studio = await openStudio()
  app = createStudioApp(studio.metering)
})
afterAll(() => studio.close())

/** The options of the handlers below: one customer with a single credit. */
function optionsFor(user: { id: string; email: string }) {
  return app.billing.http({
    router: app.router,
    createContext: () => ({ user, tenant: 'acme' }),
  })
}

/** Calls a procedure over real HTTP. */
async function sendTo(handler: RequestListener, key: string) {
  const server = createServer(handler).listen(0, '127.0.0.1')
  try {
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const response = await fetch(`http://127.0.0.1:${port}/draw`, {
      method: 'POST',
      body: JSON.stringify({ prompt: 'a fox' }),
      headers: { 'content-type': 'application/json', 'Idempotency-Key': key },
    })
    return { status: response.status, headers: response.headers, body: await response.text() }
  } finally {
    server.close()
  }
}

function newUser() {
  const { customerId: id, email } = studio.newCustomer(1)
  return { id, email }
}

describe('an adapter whose options are wrapped', () => {
  it.each<[string, (options: ReturnType<typeof optionsFor>) => RequestListener]>([
    ['standalone', createHTTPHandler],
    [
      'Express',
      (options) => (req, res) => {
        // Express adds this before its middleware runs.
        const request = Object.assign(req, { path: req.url })
        return createExpressMiddleware(options)(request, res, () => {})
      },
    ],
  ])('of %s charges, replays and refuses over HTTP', async (_name, listen) => {
    const handler = listen(optionsFor(newUser()))
    const key = randomUUID()
    const first = await sendTo(handler, key)
    expect(first.status).toBe(200)
    expect(first.headers.get(BALANCE_HEADER)).toContain('"remaining":0')
    const again = await sendTo(handler, key)
    expect([again.body, again.headers.get(REPLAYED_HEADER)]).toEqual([first.body, 'true'])
    const refused = await sendTo(handler, randomUUID())
    expect(refused.status).toBe(402)
    expect(JSON.parse(refused.body)).toMatchObject({
      error: { data: { billing: { kind: 'insufficient_credits', meter: 'renders', required: 1 } } },
    })
  })

  it.each(['Idempotency-Key', 'idempotency-key', 'IDEMPOTENCY-KEY'])(
    'of Lambda finds the key in a header that is written %s',
    async (header) => {
      const handle = awsLambdaRequestHandler(optionsFor(newUser()))
      const event = lambdaEvent({ 'content-type': 'application/json', [header]: randomUUID() })
      const answer = await handle(event, Object.create(null))
      expect(answer).toMatchObject({ statusCode: 200 })
      expect(JSON.stringify(answer)).toContain(BALANCE_HEADER.toLowerCase())
    },
  )
})

/** An API Gateway event (payload 2.0). */
function lambdaEvent(headers: Record<string, string>) {
  return Object.assign(Object.create(null), {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/draw',
    rawQueryString: '',
    headers,
    body: JSON.stringify({ prompt: 'a fox' }),
    isBase64Encoded: false,
    requestContext: { domainName: 'films.example', http: { method: 'POST', path: '/draw' } },
  })
}
