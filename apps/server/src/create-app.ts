import {
  type ApiServices,
  appRouter,
  billing,
  listTools,
  openApi,
  type OperatorService,
} from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import type { RequestEnv } from '@tollgate/http'
import { type Context, Hono } from 'hono'
import type { SignIn } from './auth/open-sign-in.ts'
import { SIGN_IN_PATHS } from './auth/sign-in-paths.ts'
import type { Config } from './config.ts'
import { below, checkRequests } from './http/check-requests.ts'
import { nameClientAddress } from './http/client-address.ts'
import { createConcurrencyLimit } from './http/concurrency-limit.ts'
import { errorResponse, isOutage } from './http/error-response.ts'
import { rejectForeignOrigin } from './http/reject-foreign-origin.ts'
import { rejectInvalidText } from './http/reject-invalid-text.ts'
import { rejectMalformedUrl } from './http/reject-malformed-url.ts'
import { rejectNonJson } from './http/reject-non-json.ts'
import { RESULT_PATH } from './http/result-path.ts'
import { returnToApp } from './http/return-to-app.ts'
import { revalidate } from './http/revalidate.ts'
import { sendResults } from './http/send-results.ts'
import { serveStudio } from './http/serve-studio.ts'
import { createTrpcHandler } from './http/trpc-handler.ts'
import { createMcpHandler, MCP_PATH } from './mcp/create-mcp-handler.ts'
import type { McpSessions } from './mcp/create-mcp-sessions.ts'
import { createOperatorHandler, OPERATOR_PATH } from './operator/create-operator-handler.ts'

/** Fewer than the database connections that all of sign-in shares; the thread pool that hashes passwords has four threads. */
const SIGN_INS_CONCURRENT_MAX = 8
const SIGN_INS_QUEUED_MAX = 500

/** The server as a fetch handler: checks, then sign-in, the API, and the Studio for everything else. */
export function createApp(options: {
  config: Config
  signIn: SignIn
  services: Omit<ApiServices, 'apiKeys' | 'runs'>
  mcpSessions: McpSessions
  allowedOrigins: readonly string[]
  /** Handled before all other routes. */
  routes: Hono<{ Bindings: RequestEnv }> | undefined
  /** Health checks, metrics and other routes of operators, load balancers and monitoring. */
  operations: Hono
  /** The operators' API. */
  operatorService: OperatorService
  /** Downloads of a customer's data. */
  account: Hono
  /** The backend's webhooks. */
  webhooks: Hono
}): Hono<{ Bindings: RequestEnv }> {
  const { config, signIn, services, allowedOrigins } = options
  const { logger, metering, rateLimit } = services
  const { readCaller, guestsOf, apiKeys, runs, purchaseRequests, teamMembers, account } = signIn
  const app = new Hono<{ Bindings: RequestEnv }>()

  if (options.routes) app.route('/', options.routes)
  app.route('/', options.operations)
  app.use(
    checkRequests([
      rejectMalformedUrl,
      rejectInvalidText,
      below(['/api/', '/trpc/'], rejectForeignOrigin(allowedOrigins)),
      below(['/trpc/'], rejectNonJson),
    ]),
  )

  app.use('/api/*', nameClientAddress(config))
  app.use('/trpc/*', nameClientAddress(config))
  app.use(MCP_PATH, nameClientAddress(config))
  app.on(['GET', 'POST'], '/api/auth/*', limitedSignIn(signIn))
  app.route('/', options.webhooks)
  app.route('/', sendResults({ readCaller, guestsOf, metering, rateLimit }))
  app.route('/', options.account)
  app.all('/api/*', () => errorResponse('not_found'))

  const handleOperator = createOperatorHandler({
    readOperator: signIn.readOperator,
    service: options.operatorService,
    logger,
  })
  app.all(`${OPERATOR_PATH}/*`, (c) => handleOperator(c.req.raw))
  // The same for every caller, requested with every page, and rarely changed.
  app.get('/trpc/billing.catalog', revalidate())
  const handleTrpc = createTrpcHandler({
    readCaller,
    services: { ...services, guestsOf, apiKeys, runs, purchaseRequests, teamMembers, account },
  })
  app.all('/trpc/*', (c) => handleTrpc(c.req.raw, new URL(c.req.url).pathname))

  const tools = listTools(appRouter._def.record)
  const sessions = options.mcpSessions
  const handleMcp = createMcpHandler({ tools, sessions, readCaller, rateLimit, handleTrpc })
  app.all(MCP_PATH, (c) => handleMcp(c.req.raw))

  const document = openApi(appRouter._def.record, {
    url: config.publicUrl,
    paths: { ...SIGN_IN_PATHS, ...RESULT_PATH },
  })
  app.get('/openapi.json', (c) => c.json(document))
  app.route('/', returnToApp(config.appReturnUrls))
  app.route('/', serveStudio(config.webDirectory))
  app.onError((error, c) => handleError(error, c, logger))
  return app
}

function limitedSignIn(signIn: SignIn) {
  const limit = createConcurrencyLimit({
    concurrent: SIGN_INS_CONCURRENT_MAX,
    queued: SIGN_INS_QUEUED_MAX,
  })
  return async (c: Context<{ Bindings: RequestEnv }>): Promise<Response> => {
    const release = await limit.acquire()
    if (!release) return errorResponse('busy')
    try {
      return await signIn.handle(c.req.raw)
    } finally {
      release()
    }
  }
}

/** Translates the errors that routes throw. */
function handleError(error: Error, c: Context<{ Bindings: RequestEnv }>, logger: Logger): Response {
  const { requestId } = c.env
  if (c.req.raw.signal.aborted) {
    logger.debug({ requestId }, 'http: caller hung up')
    return new Response(null, { status: 499 })
  }
  if (isOutage(error)) return errorResponse('unavailable')
  const refusal = billing.response(error)
  if (refusal) return refusal
  logger.error({ error, requestId }, 'http: request failed')
  return errorResponse('internal')
}
