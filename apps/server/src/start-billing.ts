import { join } from 'node:path'
import type { Logger } from '@tollgate/contract'
import { type BillingServer, startBillingServer } from '@tollgate/ledger/http'
import type { Config } from './config.ts'
import { WEBHOOK_PATH } from './webhooks/receive-webhook.ts'

/** Starts the self-hosted billing backend beside the server, on its own port; null when another backend is configured. */
export async function startBilling(
  config: Config,
  options: {
    database: { url: string; rolePassword: ((role: string) => string) | undefined }
    allowedReturnOrigins: readonly string[]
    webhookSecret: string | undefined
    logger: Logger
  },
): Promise<BillingServer | null> {
  if (config.flowglad) return null
  const { webhookSecret: secret } = options
  return startBillingServer({
    databaseUrl: options.database.url,
    rolePassword: options.database.rolePassword,
    port: config.billingPort,
    publicUrl: config.billingPublicUrl,
    gracePeriodDays: config.billingGraceDays,
    apiKeyFile: join(config.dataDirectory, 'billing-api-key'),
    allowedReturnOrigins: options.allowedReturnOrigins,
    production: config.production,
    ...(config.development ? { devPanelUrl: `${ownOrigin(config)}/dev` } : {}),
    ...(secret ? { webhook: { url: `${ownOrigin(config)}${WEBHOOK_PATH}`, secret } } : {}),
    ...(config.stripe ? stripeOptions(config.stripe) : {}),
    logger: options.logger,
  })
}

/** Both run on this machine, so what stands between us and the world is not on the way. */
function ownOrigin({ host, port }: Config): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function stripeOptions({ secretKey, webhookSecret }: NonNullable<Config['stripe']>) {
  return {
    stripeSecretKey: secretKey,
    ...(webhookSecret ? { stripeWebhookSecret: webhookSecret } : {}),
  }
}
