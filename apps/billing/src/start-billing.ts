import path from 'node:path'
import type { Logger } from '@tollgate/contract'
import { deOffers } from '@tollgate/contract/copy'
import { ensureDatabase, retryWhileUnavailable } from '@tollgate/database'
import { type BillingServer, startBillingServer } from '@tollgate/ledger/http'
import { LEDGER_ROLE } from '@tollgate/ledger/role'
import type { Config } from './config.ts'

/** Starts the billing backend with its own database, embedded unless the configuration names one. */
export function startBilling(config: Config, logger: Logger): Promise<BillingServer> {
  return retryWhileUnavailable(() => startOnce(config, logger), { logger })
}

async function startOnce(config: Config, logger: Logger): Promise<BillingServer> {
  const store = config.databaseUrl
    ? { url: config.databaseUrl, rolePassword: config.rolePassword, stop: async () => {} }
    : await embedded(config, logger)
  try {
    const server = await startBillingServer({
      ...config,
      offerTexts: { de: deOffers },
      databaseUrl: store.url,
      rolePassword: store.rolePassword,
      logger,
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
