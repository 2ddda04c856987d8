import { type Clock, type Logger, silentLogger } from '@tollgate/contract'
import { loadPricing } from '@tollgate/contract/pricing'
import { setUpPricingModel } from '../catalog/set-up-pricing-model.ts'
import { createLedger } from '../create-ledger.ts'
import type { Ledger } from '../core/ledger.ts'
import { openLedgerDatabase } from '../open-ledger-database.ts'
import { ensureOrganization, findKeyHolder, registerApiKey } from '../organizations/organization.ts'
import { ensureWebhook, type WebhookReceiver } from '../webhooks/ensure-webhook.ts'
import { startBillingListener } from './billing-listener.ts'
import { checkPublicUrl } from './check-public-url.ts'
import type { OfferTexts } from './copy/offer-texts.ts'
import { createLedgerApp } from './create-ledger-app.ts'
import { loadApiKey, replaceApiKey } from './load-api-key.ts'

/** The settings of the self-hosted billing backend. */
export type BillingServerOptions = {
  /** Its own, existing database. */
  databaseUrl: string
  /** The origin at which people and payment providers reach it, such as `https://billing.example.com`; by default its loopback URL. */
  publicUrl?: string | undefined
  /** The login password to set for the ledger's role, if `databaseUrl` belongs to a superuser. */
  rolePassword?: string | undefined
  /** 0 picks any free port. */
  port: number
  /** The file of its API key, created on first start with mode 0600. */
  apiKeyFile: string
  /** The pricing file, a pricing.yaml. */
  pricingPath: string
  /** Names of products and features in other languages, by slug, for the checkout pages. */
  offerTexts?: OfferTexts | undefined
  /** The product's own page where customers see their plan and invoices; by default there is none. */
  billingPortalUrl?: string | undefined
  /** Origins a checkout may return to; by default any loopback address. */
  allowedReturnOrigins?: readonly string[] | undefined
  /** How many days an unpaid plan stays in force; by default seven. */
  gracePeriodDays?: number | undefined
  /** In production, test payments and the console's dev controls are off. */
  production?: boolean
  /** The dev panel of the application's server, which the console then links to. */
  devPanelUrl?: string | undefined
  /** Takes real payments through Stripe Checkout instead of test payments. */
  stripeSecretKey?: string | undefined
  /** Verifies Stripe's webhooks; without it, a checkout only completes when the customer returns. */
  stripeWebhookSecret?: string | undefined
  /** A webhook receiver for every event, in addition to those added later. */
  webhook?: WebhookReceiver | undefined
  clock?: Clock
  logger?: Logger
}

/** A running self-hosted billing backend. */
export type BillingServer = {
  url: string
  /** The public URL of its checkout pages. */
  publicUrl: string
  apiKey: string
  ledger: Ledger
  close(): Promise<void>
}

/** Starts the billing backend over HTTP: migrates the database, applies the pricing file and ensures an API key. */
export async function startBillingServer(options: BillingServerOptions): Promise<BillingServer> {
  const logger = options.logger ?? silentLogger
  checkPublicUrl(options, logger)
  const database = await openLedgerDatabase({
    url: options.databaseUrl,
    rolePassword: options.rolePassword,
    logger,
  })
  const stack = [() => database.close()]
  const close = async () => {
    for (const undo of stack.splice(0).toReversed()) await undo()
  }
  try {
    const listener = await startBillingListener({ port: options.port, logger })
    stack.push(listener.close)
    const publicUrl = options.publicUrl ?? listener.url
    const ledger = await createLedger({
      ...options,
      database,
      checkoutBaseUrl: publicUrl,
      logger,
      payments:
        options.stripeSecretKey === undefined
          ? undefined
          : await stripePayments(options.stripeSecretKey, options, publicUrl),
    })
    const apiKey = await prepare(ledger, options)
    const app = createLedgerApp({
      ledger,
      devPanelUrl: options.devPanelUrl,
      offerTexts: options.offerTexts,
    })
    listener.handle((request, env) => app.fetch(request, env))
    ledger.start()
    stack.push(() => ledger.stop())
    logger.info({ url: listener.url }, 'billing: server started')
    return { url: listener.url, publicUrl, apiKey, ledger, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Stripe's library is loaded, and has to be installed, only when there is a key for it. */
async function stripePayments(
  secretKey: string,
  options: BillingServerOptions,
  returnBaseUrl: string,
) {
  const { createStripePayments } = await import('../payments/stripe-payments.ts')
  return createStripePayments({
    secretKey,
    returnBaseUrl,
    webhookSecret: options.stripeWebhookSecret,
  })
}

async function prepare(ledger: Ledger, options: BillingServerOptions): Promise<string> {
  const organization = await ensureOrganization(ledger, 'default')
  const file = loadPricing(options.pricingPath)
  await setUpPricingModel(ledger, { organizationId: organization.id, file })
  if (options.webhook) {
    await ensureWebhook(ledger, { organizationId: organization.id, ...options.webhook })
  }
  const own = { organizationId: organization.id, name: 'default' }
  const key = loadApiKey(options.apiKeyFile)
  await registerApiKey(ledger, { ...own, key })
  if (await findKeyHolder(ledger, key)) return key
  // A revoked key may have leaked, so it is replaced.
  const fresh = replaceApiKey(options.apiKeyFile)
  await registerApiKey(ledger, { ...own, key: fresh })
  return fresh
}
