import { trpcServer } from '@hono/trpc-server'
import { type ApiServices, appRouter, createContext, openApi, responseHeaders } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { FetchCreateContextFnOptions } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Auth } from './auth/create-auth.ts'
import { readCaller } from './auth/read-caller.ts'
import { apiReference } from './http/api-reference.ts'
import { clientAddress } from './http/client-address.ts'
import { health } from './http/health.ts'
import { jsonOnly } from './http/json-only.ts'
import { originGuard } from './http/origin-guard.ts'
import { readablePath } from './http/readable-path.ts'
import { securityHeaders } from './http/security-headers.ts'
import { serveStudio } from './http/serve-studio.ts'
import { traceId } from './http/trace-id.ts'
import { waitInLine } from './http/wait-in-line.ts'

/** The longest text anybody may send is 20 000 characters; this leaves room for a batch of ten. */
const BODY_BYTES_MAX = 1_000_000
/** tRPC's own default is unlimited: one request could run a thousand calls. */
const BATCH_CALLS_MAX = 10
/** About as many as there are database connections; more at once would only wait for each other. */
const REQUESTS_AT_ONCE_MAX = 32
/** A few seconds' worth of work; who comes later is asked back. */
const REQUESTS_WAITING_MAX = 2000

/** The server as a fetch handler: guards, then sign-in, the API, and the Studio for everything else. */
export function createApp(options: {
  auth: Auth
  /** Answers the routes of sign-in. */
  authHandler: (request: Request) => Promise<Response>
  services: ApiServices
  database: Database
  allowedOrigins: readonly string[]
  checkoutOrigins: readonly string[]
  publicUrl: string
  trustedProxies: number
  webDirectory: string
  /** What the billing backend calls. */
  webhooks: Hono
  /** What a monitoring system reads. */
  metrics: Hono
  logger: Logger
}): Hono<{ Variables: { traceId: string } }> {
  const { auth, services, database, allowedOrigins, publicUrl, logger } = options
  const https = publicUrl.startsWith('https:')
  const app = new Hono<{ Variables: { traceId: string } }>()

  app.route('/', health({ database }))
  app.route('/', options.metrics)
  app.use(traceId())
  app.use(securityHeaders({ checkoutOrigins: options.checkoutOrigins, https }))
  app.use(readablePath())
  app.use(clientAddress({ trustedProxies: options.trustedProxies }))
  app.use(bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => c.json(TOO_LARGE, 413) }))

  const line = waitInLine({ concurrent: REQUESTS_AT_ONCE_MAX, waiting: REQUESTS_WAITING_MAX })
  app.use('/api/*', noStore, line, originGuard({ allowedOrigins }))
  app.on(['GET', 'POST'], '/api/auth/*', (c) => options.authHandler(c.req.raw))
  app.route('/', options.webhooks)
  app.all('/api/*', (c) => c.json(NOT_FOUND, 404))

  app.use('/trpc/*', noStore, line, originGuard({ allowedOrigins }), jsonOnly())
  app.use(
    '/trpc/*',
    trpcServer({
      router: appRouter,
      maxBatchSize: BATCH_CALLS_MAX,
      createContext: async ({ req }: FetchCreateContextFnOptions) => {
        const caller = await readCaller(auth, req.headers)
        return createContext(services, {
          customer: caller?.customer ?? null,
          isGuest: caller?.isGuest ?? false,
          headers: req.headers,
        })
      },
      responseMeta: ({ ctx }) => ({ headers: responseHeaders(ctx) }),
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') {
          logger.error({ error: error.cause ?? error, path }, 'a procedure failed')
        }
      },
    }),
  )

  app.get('/openapi.json', (c) => c.json(openApi(appRouter._def.record, publicUrl)))
  app.route('/docs/api', apiReference())
  app.route('/', serveStudio(options.webDirectory))
  app.onError((error, c) => {
    logger.error({ error, traceId: c.get('traceId') }, 'a request failed')
    return c.json({ error: 'internal', message: 'Something went wrong on our side.' }, 500)
  })
  return app
}

const TOO_LARGE = { error: 'too_large', message: 'The request is too large.' }
const NOT_FOUND = { error: 'not_found', message: 'There is nothing here.' }

async function noStore(
  c: { header(name: string, value: string): void },
  next: () => Promise<void>,
): Promise<void> {
  await next()
  c.header('Cache-Control', 'no-store')
}
