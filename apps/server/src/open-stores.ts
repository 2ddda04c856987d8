import { join } from 'node:path'
import type { Logger } from '@tollgate/contract'
import {
  checkDurability,
  type Database,
  ensureDatabase,
  hotPathSettings,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
} from '@tollgate/database'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import type { Config } from './config.ts'

/** Holds and settles have their own connections, so that a slow page of activity never keeps a charge waiting. */
const METERING_CONNECTIONS_MAX = 20
const APP_CONNECTIONS_MAX = 10

/** The databases of the server, open and migrated; `billingUrl` is where the self-hosted backend keeps its books. */
export type Stores = {
  app: Database
  metering: Database
  billingUrl: string
  close(): Promise<void>
}

/** Opens the server's database, embedded unless `DATABASE_URL` names one, and brings it up to date. */
export async function openStores(config: Config, logger: Logger): Promise<Stores> {
  const needsEmbedded = !config.databaseUrl || (!config.billingDatabaseUrl && !config.flowglad)
  const embedded = needsEmbedded
    ? await startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres'), logger })
    : null
  try {
    const url = config.databaseUrl ?? (await embeddedUrl(embedded, 'tollgate'))
    const billingUrl =
      config.billingDatabaseUrl ?? (config.flowglad ? '' : await embeddedUrl(embedded, 'billing'))
    const app = openDatabase({
      url,
      maxConnections: APP_CONNECTIONS_MAX,
      applicationName: 'tollgate-app',
      logger,
    })
    await checkDurability(app)
    await migrate(app, { name: 'metering', directory: METERING_MIGRATIONS })
    await migrate(app, { name: 'auth', directory: new URL('../migrations/', import.meta.url) })
    const metering = openDatabase({
      url,
      maxConnections: METERING_CONNECTIONS_MAX,
      applicationName: 'tollgate-metering',
      settings: hotPathSettings,
      logger,
    })
    return {
      app,
      metering,
      billingUrl,
      close: async () => {
        await metering.close()
        await app.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function embeddedUrl(
  embedded: { url(database: string): string } | null,
  name: string,
): Promise<string> {
  if (!embedded) throw new Error(`No database for ${name}: neither a URL nor an embedded server.`)
  await ensureDatabase({ url: embedded.url('postgres'), name })
  return embedded.url(name)
}
