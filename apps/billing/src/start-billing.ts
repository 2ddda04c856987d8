import path from 'node:path'
import type { Logger } from '@tollgate/contract'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { ensureDatabase, retryWhileUnavailable } from '@tollgate/database'
import { type BillingServer, startBillingServer } from '@tollgate/ledger/http'
import { LEDGER_ROLE } from '@tollgate/ledger/role'
import type { Config } from './config.ts'

/** Starts the billing backend with a database of its own, embedded unless the configuration names one. */
export function startBilling(config: Config, logger: Logger): Promise<BillingServer> {
  return retryWhileUnavailable(() => startOnce(config, logger), { logger })
}

async function startOnce(config: Config, logger: Logger): Promise<BillingServer> {
  const store = config.databaseUrl
    ? { url: config.databaseUrl, rolePassword: config.databaseRolePassword, stop: async () => {} }
    : await embedded(config, logger)
  try {
    const server = await startBillingServer({
      databaseUrl: store.url,
      rolePassword: store.rolePassword,
      port: config.port,
      pricingPath: config.pricingPath ?? PRICING_PATH,
      apiKeyFile: config.apiKeyFile,
      production: config.production,
      publicUrl: config.publicUrl,
      gracePeriodDays: config.gracePeriodDays,
      logger,
      ...(config.returnOrigins === undefined ? {} : { allowedReturnOrigins: config.returnOrigins }),
      ...(config.devPanelUrl === undefined ? {} : { devPanelUrl: config.devPanelUrl }),
      ...(config.webhook === undefined ? {} : { webhook: config.webhook }),
      ...(config.stripeSecretKey === undefined ? {} : { stripeSecretKey: config.stripeSecretKey }),
      ...(config.stripeWebhookSecret === undefined
        ? {}
        : { stripeWebhookSecret: config.stripeWebhookSecret }),
    })
    return {
      ...server,
      close: async () => {
        await server.close()
        await store.stop()
      },
    }
  } catch (error) {
    await store.stop()
    throw error
  }
}

async function embedded(config: Config, logger: Logger) {
  const directory = path.join(config.dataDirectory, 'postgres')
  const { startEmbeddedPostgres } = await import('@tollgate/embedded-postgres')
  const postgres = await startEmbeddedPostgres({ directory, logger })
  const name = 'billing'
  await ensureDatabase({ url: postgres.url('postgres'), name })
  return {
    url: postgres.url(name),
    rolePassword: postgres.rolePassword(LEDGER_ROLE),
    stop: () => postgres.stop(),
  }
}
