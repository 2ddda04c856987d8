import { type ApiServices, appRouter, openApi } from '@tollgate/api'
import type { CustomerId, Logger } from '@tollgate/contract'
import type { RequestEnv } from '@tollgate/http'
import { type Context, Hono } from 'hono'
import type { Caller } from './auth/create-caller-reader.ts'
import { SIGN_IN_PATHS } from './auth/sign-in-paths.ts'
import { answerCalls, busy } from './http/answer-calls.ts'
import { createCallLines } from './http/call-lines.ts'
import { CLIENT_ADDRESS_HEADER, clientAddress } from './http/client-address.ts'
import { createLine } from './http/create-line.ts'
import { below, guardRequests } from './http/guard-requests.ts'
import { jsonOnly } from './http/json-only.ts'
import { originGuard } from './http/origin-guard.ts'
import { readablePath } from './http/readable-path.ts'
import { RESULT_PATH } from './http/result-path.ts'
import { returnToApp } from './http/return-to-app.ts'
import { revalidate } from './http/revalidate.ts'
import { sendResults } from './http/send-results.ts'
import { serveStudio } from './http/serve-studio.ts'
import { isOutage, storeAway } from './http/store-outage.ts'
import { validText } from './http/valid-text.ts'

/** Fewer than the connections they share with everything else that signs people in; hashing passwords has four threads. */
const SIGN_INS_AT_ONCE_MAX = 8
const SIGN_INS_WAITING_MAX = 500

/** The server as a fetch handler: guards, then sign-in, the API, and the Studio for everything else. */
export function createApp(options: {
  /** Asked before all others. */
  routes?: Hono<{ Bindings: RequestEnv }> | undefined
  /** Finds the caller of a request. */
  readCaller: (headers: Headers) => Promise<Caller | null>
  /** The customers of the guests that became this customer's account. */
  guestsOf: (account: CustomerId) => Promise<CustomerId[]>
  /** Answers the routes of sign-in. */
  authHandler: (request: Request) => Promise<Response>
  services: ApiServices
  allowedOrigins: readonly string[]
  publicUrl: string
  /** Addresses of our apps that a checkout may lead to. */
  appReturnUrls: readonly string[]
  trustedProxies: number
  webDirectory: string
  /** What operators and load balancers ask. */
  health: Hono
  /** What the billing backend calls. */
  webhooks: Hono
  /** What a monitoring system reads. */
  metrics: Hono
  logger: Logger
}): Hono<{ Bindings: RequestEnv }> {
  const { readCaller, services, allowedOrigins, publicUrl, logger } = options
  const app = new Hono<{ Bindings: RequestEnv }>()

  if (options.routes) app.route('/', options.routes)
  app.route('/', options.health)
  app.route('/', options.metrics)
  app.use(
    guardRequests([
      readablePath,
      validText,
      below(['/api/', '/trpc/'], originGuard({ allowedOrigins })),
      below(['/trpc/'], jsonOnly),
    ]),
  )

  const signIns = createLine({ concurrent: SIGN_INS_AT_ONCE_MAX, waiting: SIGN_INS_WAITING_MAX })
  app.on(['GET', 'POST'], '/api/auth/*', async (c) => {
    const leave = await signIns.enter()
    if (!leave) return busy()
    try {
      const address = clientAddress(c.env.incoming, options)
      c.req.raw.headers.set(CLIENT_ADDRESS_HEADER, address)
      return await options.authHandler(c.req.raw)
    } finally {
      leave()
    }
  })
  app.route('/', options.webhooks)
  const { metering, rateLimit } = services
  app.route('/', sendResults({ readCaller, guestsOf: options.guestsOf, metering, rateLimit }))
  app.all('/api/*', (c) => c.json(NOT_FOUND, 404))

  // The same for everyone, read with every page, and seldom changed.
  app.get('/trpc/billing.catalog', revalidate())
  const answer = answerCalls({ readCaller, services, lines: createCallLines() })
  app.all('/trpc/*', (c) => answer(c.req.raw, new URL(c.req.url).pathname))

  const document = openApi(appRouter._def.record, {
    url: publicUrl,
    paths: { ...SIGN_IN_PATHS, ...RESULT_PATH },
  })
  app.get('/openapi.json', (c) => c.json(document))
  app.route('/', returnToApp(options.appReturnUrls))
  app.route('/', serveStudio(options.webDirectory))
  app.onError((error, c) => answerFailure(error, c, logger))
  return app
}

const NOT_FOUND = { error: 'not_found', message: 'There is nothing here.' }

function answerFailure(
  error: Error,
  c: Context<{ Bindings: RequestEnv }>,
  logger: Logger,
): Response {
  const { requestId } = c.env
  if (c.req.raw.signal.aborted) {
    logger.debug({ requestId }, 'http: a caller hung up')
    return new Response(null, { status: 499 })
  }
  if (isOutage(error)) return storeAway()
  logger.error({ error, requestId }, 'http: a request failed')
  return c.json({ error: 'internal', message: 'Something went wrong on our side.' }, 500)
}
