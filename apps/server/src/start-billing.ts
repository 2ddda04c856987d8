import { join } from 'node:path'
import type { Logger } from '@tollgate/contract'
import { type BillingServer, startBillingServer } from '@tollgate/ledger/http'
import type { Config } from './config.ts'

/** Starts the self-hosted billing backend beside the server, on its own port; null when another backend is configured. */
export async function startBilling(
  config: Config,
  options: { databaseUrl: string; allowedReturnOrigins: readonly string[]; logger: Logger },
): Promise<BillingServer | null> {
  if (config.flowglad) return null
  return startBillingServer({
    databaseUrl: options.databaseUrl,
    port: config.billingPort,
    apiKeyFile: join(config.dataDirectory, 'billing-api-key'),
    allowedReturnOrigins: options.allowedReturnOrigins,
    production: config.production,
    ...(config.stripe ? stripeOptions(config.stripe) : {}),
    logger: options.logger,
  })
}

function stripeOptions({ secretKey, webhookSecret }: NonNullable<Config['stripe']>) {
  return {
    stripeSecretKey: secretKey,
    ...(webhookSecret ? { stripeWebhookSecret: webhookSecret } : {}),
  }
}
