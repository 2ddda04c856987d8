import type { SpanProcessor } from '@opentelemetry/sdk-trace-node'
import { createTextModel, type RateLimit } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import { retryWhileUnavailable } from '@tollgate/database'
import { type Fetch, type Listener, type RequestEnv, startListener } from '@tollgate/http'
import { createStreamSlots, type StreamSlots } from '@tollgate/trpc'
import type { Hono } from 'hono'
import { openAccount } from './account/open-account.ts'
import { openAlerts } from './alerts/open-alerts.ts'
import { pushAlertChanges } from './alerts/push-alert-changes.ts'
import { createSendMail, type SendMail } from './alerts/send-mail.ts'
import { openSignIn } from './auth/open-sign-in.ts'
import type { NodeProgram } from './billing/billing-program.ts'
import { startBilling } from './billing/start-billing.ts'
import { openBackupSources } from './backup/open-backup-sources.ts'
import type { Config } from './config.ts'
import { createApp } from './create-app.ts'
import { createRateLimit } from './create-rate-limit.ts'
import { openFlowglad } from './flowglad.server.ts'
import { listenerOptions } from './http/listener-options.ts'
import { operatorRoutes } from './http/operator-routes.ts'
import { traceRequests } from './http/trace-requests.ts'
import { loadSecrets, loadWebhookSecret } from './load-secrets.ts'
import { createMcpSessions } from './mcp/create-mcp-sessions.ts'
import { createReceiptSigner } from './receipts/create-receipt-signer.ts'
import { loadReceiptKeys } from './receipts/receipt-keys.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import { openMetering } from './open-metering.ts'
import { openStores, type Stores } from './open-stores.ts'
import { createDriftLog } from './operator/create-drift-log.ts'
import { createOperatorService } from './operator/create-operator-service.ts'
import { createRefusalLog } from './operator/create-refusal-log.ts'
import { ownOrigins } from './own-origins.ts'
import { startTeamMail } from './team-mail/start-team-mail.ts'
import { startTelemetry } from './telemetry/start-telemetry.ts'
import { openWebhooks } from './webhooks/open-webhooks.ts'

/** More devices than one person uses; every stream keeps a connection open. */
const STREAMS_PER_CUSTOMER_MAX = 8

/** The whole server, running. */
export type RunningServer = {
  url: string
  billingUrl: string | null
  /** Every registered route, middleware included. */
  routes: readonly { method: string; path: string }[]
  close(): Promise<void>
}

/** Parts that a program adds or replaces. */
export type ServerParts = {
  /** Handled before the server's own routes: the dev panel. */
  routes?: Hono<{ Bindings: RequestEnv }>
  /** Receives e-mail if no SMTP server is set: the dev panel. */
  sendMail?: SendMail
  /** Receives every span as it ends: the dev panel. */
  spanProcessor?: SpanProcessor
  /** Opens the billing backend; defaults to Flowglad's SDK. */
  openBackend?: typeof openFlowglad
  /** The rate limit of callers; defaults to the configured one. */
  rateLimit?: RateLimit
  /** The program of the self-hosted billing backend; defaults to the one that comes with the server. */
  billingProgram?: NodeProgram
}

/** Composes stores → billing backend → metering → API → HTTP. Closes in reverse order, also when startup fails. */
export async function startServer(
  config: Config,
  logger: Logger,
  parts: ServerParts = {},
): Promise<RunningServer> {
  const stack: (() => Promise<void>)[] = []
  const close = async () => {
    for (const undo of stack.splice(0).toReversed()) await undo()
  }
  const start = async () => {
    try {
      return { ...(await compose({ config, logger, parts, stack })), close }
    } catch (error) {
      await close()
      throw error
    }
  }
  return retryWhileUnavailable(start, { logger })
}

type Composition = {
  config: Config
  logger: Logger
  parts: ServerParts
  stack: (() => Promise<void>)[]
}

async function compose(composition: Composition): Promise<Omit<RunningServer, 'close'>> {
  const { config, logger, parts, stack } = composition
  const { metrics, traced } = await openTelemetry(composition)
  const secrets = loadSecrets(config.dataDirectory)
  const receiptKeys = loadReceiptKeys(config.dataDirectory)
  const stores = await openStores(config, logger)
  stack.push(stores.close)
  const allowedOrigins = ownOrigins(config)
  const secret = webhookSecretOf(config)
  const { billing, backend } = await openBackend(composition, {
    database: stores.billing,
    allowedReturnOrigins: allowedOrigins,
    webhookSecret: secret,
  })
  const shared = { config, backend, logger }
  const watched = { refusals: createRefusalLog(), drift: createDriftLog() }
  const { metering, stop } = await openMetering({
    ...shared,
    ...watched,
    metrics,
    database: stores.metering,
    secret: secrets.transaction,
  })
  stack.push(stop)
  const { signIn: sign_in, server } = stores
  const { backups, close } = openBackupSources({ config, stores })
  stack.push(close)
  metrics.watch({ metering, databases: { metering: stores.metering, sign_in, server }, backups })
  const webhooks = openWebhooks({ secret, database: stores.server, metering, backend, logger })
  stack.push(webhooks.stop)
  const { rateLimit = createRateLimit(config) } = parts
  const signReceipt = createReceiptSigner({ issuer: config.publicUrl, keys: receiptKeys })
  const { alerts, signIn, account } = await openAccounts(composition, {
    ...shared,
    stores,
    metering,
    rateLimit,
    signReceipt,
    secret: secrets.auth,
    trustedOrigins: allowedOrigins,
  })
  const models = { text: createTextModel(config) }
  const services = { metering, models, signReceipt, logger }
  const streamSlots = createStreamSlots({ perCustomer: STREAMS_PER_CUSTOMER_MAX })
  const { published: keys } = receiptKeys
  const operator = { keys, metrics, stopping: streamSlots.closing }
  const app = createApp({
    config,
    signIn,
    services: {
      ...services,
      metering: pushAlertChanges(metering, alerts.changes),
      alerts: alerts.service,
      publicUrl: config.publicUrl,
      rateLimit,
      acceptRequestIdAsKey: config.requestIdAsKey,
      streamSlots,
    },
    mcpSessions: createMcpSessions(secrets.auth),
    allowedOrigins,
    routes: parts.routes,
    operatorService: createOperatorService({ ...watched, stores, backend, services }),
    operations: operatorRoutes({ ...operator, database: server, config }),
    account: account.routes,
    webhooks: webhooks.routes,
  })
  const handle = traced((request, env) => app.fetch(request, env))
  await serve(composition, { handle, billing, streamSlots })
  return { url: config.publicUrl, billingUrl: billing?.url ?? null, routes: app.routes }
}

/** From here on the server accepts requests. */
async function serve(
  { config, logger, stack }: Composition,
  options: { handle: Fetch; billing: { publicUrl: string } | null; streamSlots: StreamSlots },
): Promise<void> {
  const { handle, billing, streamSlots } = options
  const checkoutOrigins = billing ? [billing.publicUrl] : ['https://app.flowglad.com']
  const listener = await startListener(listenerOptions(config, { checkoutOrigins, logger }))
  listener.handle(handle)
  stack.push(() => stopListening(listener, streamSlots))
}

/** Alerts, accounts and data exports of customers. */
async function openAccounts(
  { config, logger, parts, stack }: Composition,
  options: Omit<
    Parameters<typeof openSignIn>[0] & Parameters<typeof openAccount>[0],
    'database' | 'signIn' | 'sendMail'
  >,
) {
  const { stores } = options
  const sendMail = config.smtp ? createSendMail(config.smtp) : (parts.sendMail ?? null)
  const shared = { config, logger, metering: stores.metering }
  const alerts = await openAlerts({ ...shared, database: stores.server, sendMail })
  stack.push(alerts.stop)
  const signIn = await openSignIn({ ...options, database: stores.signIn, sendMail })
  stack.push(signIn.stop)
  stack.push(startTeamMail({ database: stores.signIn, config, sendMail, logger }))
  const account = openAccount({ ...options, signIn })
  stack.push(account.stop)
  return { alerts, signIn, account }
}

/** Metrics, and a span per request if spans are read; otherwise requests are handled without spans. */
async function openTelemetry({ config, logger, parts, stack }: Composition) {
  const isSent = config.telemetry !== undefined
  const metrics = createMetrics({ logger, isRead: isSent || config.metricsToken !== undefined })
  const { spanProcessor } = parts
  const { registry } = metrics
  stack.push(await startTelemetry({ config, registry, spanProcessor, logger }))
  const traced = (handle: Fetch) =>
    isSent || spanProcessor
      ? traceRequests(handle, { trustCallers: config.trustTraceparent })
      : handle
  return { metrics, traced }
}

/** The configured billing backend or, by default, the self-hosted one, started. */
async function openBackend(
  { config, logger, parts, stack }: Composition,
  settings: {
    database: Stores['billing']
    allowedReturnOrigins: readonly string[]
    webhookSecret: string | undefined
  },
) {
  const { openBackend: open = openFlowglad, billingProgram: program } = parts
  const billing = await startBilling(config, {
    ...settings,
    logger,
    ...(program === undefined ? {} : { program }),
  })
  if (billing) stack.push(billing.close)
  const target = config.flowglad ?? { apiKey: billing?.apiKey ?? '', baseUrl: billing?.url }
  return { billing, backend: open({ ...target, logger }) }
}

/** Open streams must be closed; all other requests in flight end by themselves. */
async function stopListening(listener: Listener, streamSlots: StreamSlots): Promise<void> {
  const closed = listener.close()
  streamSlots.close()
  await closed
}

function webhookSecretOf({ flowglad, dataDirectory }: Config): string | undefined {
  return flowglad ? flowglad.webhookSecret : loadWebhookSecret(dataDirectory)
}
