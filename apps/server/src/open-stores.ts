import { join } from 'node:path'
import type { Logger } from '@tollgate/contract'
import {
  connectAs,
  type Database,
  ensureDatabase,
  hotPathSettings,
  migrate,
  openDatabase,
  provisionRole,
  type RestrictedRole,
  type RoleConnection,
  superuserLogin,
  withOwner,
} from '@tollgate/database'
import type { EmbeddedPostgres } from '@tollgate/embedded-postgres'
import { LEDGER_ROLE } from '@tollgate/ledger/role'
import { isShardProxy, METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import type { Config } from './config.ts'
import { METERING_ROLE, SERVER_ROLE, SIGN_IN_ROLE } from './store-roles.ts'

/** Holds and settles have connections of their own, so that a slow read of activity never delays a charge. */
const METERING_CONNECTIONS_MAX = 20
/** Every request reads its session. */
const SIGN_IN_CONNECTIONS_MAX = 8
/** Every page of the Studio reads alerts; the others are background workers. */
const SERVER_CONNECTIONS_MAX = 4
/** Operators' queries wait only for each other, and are canceled when they take too long for a page. */
const OPERATOR_CONNECTIONS_MAX = 4
const operatorSettings = { statement_timeout: '5s', plan_cache_mode: 'force_custom_plan' }

/** The server's databases, open and migrated, each with a role restricted to what its component does. */
export type Stores = {
  server: Database
  signIn: Database
  metering: Database
  /** Metering's database for operators: few connections of its own, with a statement timeout. */
  operator: Database
  /** The self-hosted backend's ledger; its role gets its own login if there is a password for it. */
  billing: { url: string; rolePassword: string | undefined }
  close(): Promise<void>
}

/**
 * Opens and migrates the server's databases, embedded unless `DATABASE_URL` names one. Metering has its own if `METERING_DATABASE_URL`
 * names it.
 */
export async function openStores(config: Config, logger: Logger): Promise<Stores> {
  const needsEmbedded = !config.databaseUrl || (!config.billingDatabaseUrl && !config.flowglad)
  const embedded = needsEmbedded ? await startEmbedded(config, logger) : null
  try {
    const url = config.databaseUrl ?? (await embeddedUrl(embedded, 'tollgate'))
    const ownsBilling = !config.billingDatabaseUrl && !config.flowglad
    const billingUrl = ownsBilling
      ? await embeddedUrl(embedded, 'billing')
      : (config.billingDatabaseUrl ?? '')
    const rolePassword = config.databaseUrl ? undefined : embedded?.rolePassword
    const openMetering = await prepare({
      ...(config.meteringDatabaseUrl
        ? { url: config.meteringDatabaseUrl, rolePassword: undefined }
        : { url, rolePassword }),
      migrations: { name: 'metering', directory: METERING_MIGRATIONS },
      roles: [METERING_ROLE],
      // The operator migrates the databases behind it, and decides who may call them.
      isPrepared: isShardProxy,
      logger,
    })
    const open = await prepare({
      url,
      rolePassword,
      migrations: { name: 'auth', directory: new URL('../migrations/', import.meta.url) },
      roles: [SERVER_ROLE, SIGN_IN_ROLE],
      logger,
    })
    const server = await open(SERVER_ROLE, { maxConnections: SERVER_CONNECTIONS_MAX })
    const signIn = await open(SIGN_IN_ROLE, { maxConnections: SIGN_IN_CONNECTIONS_MAX })
    const metering = await openMetering(METERING_ROLE, {
      maxConnections: METERING_CONNECTIONS_MAX,
      settings: config.metering.planner === 'connection' ? hotPathSettings : {},
    })
    const operator = await openMetering(METERING_ROLE, {
      maxConnections: OPERATOR_CONNECTIONS_MAX,
      settings: operatorSettings,
    })
    await warnOfSuperuser(server, logger, 'DATABASE_URL')
    if (config.meteringDatabaseUrl) await warnOfSuperuser(metering, logger, 'METERING_DATABASE_URL')
    return {
      server,
      signIn,
      metering,
      operator,
      billing: {
        url: billingUrl,
        rolePassword: ownsBilling ? embedded?.rolePassword(LEDGER_ROLE) : undefined,
      },
      close: async () => {
        await Promise.all([operator.close(), metering.close(), signIn.close(), server.close()])
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/** A server with external databases never loads the embedded one. */
async function startEmbedded(config: Config, logger: Logger): Promise<EmbeddedPostgres> {
  const { startEmbeddedPostgres } = await import('@tollgate/embedded-postgres')
  return startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres'), logger })
}

type Preparation = {
  url: string
  rolePassword: ((role: string) => string) | undefined
  migrations: { name: string; directory: URL }
  roles: readonly RestrictedRole[]
  /** Whether to use the database unchanged, with the login in its URL. */
  isPrepared?: (owner: Database) => Promise<boolean>
  logger: Logger
}

/** Migrates as the owner, and returns how to connect under each role; the owner's connection is closed afterwards. */
async function prepare(preparation: Preparation) {
  const { url, rolePassword, migrations, roles, isPrepared, logger } = preparation
  const connections = await withOwner({ url, logger }, async (owner) => {
    const byRole = new Map<string, RoleConnection>()
    if (await isPrepared?.(owner)) return byRole
    await migrate(owner, migrations)
    for (const role of roles) {
      const isThere = await provisionRole(owner, role)
      const password = isThere ? rolePassword?.(role.name) : undefined
      byRole.set(role.name, await connectAs(owner, { url, role: role.name, password }))
    }
    return byRole
  })
  return async (
    { name }: RestrictedRole,
    options: { maxConnections: number; settings?: Record<string, string> },
  ) => {
    const connection = connections.get(name)
    return openDatabase({
      url: connection?.url ?? url,
      maxConnections: options.maxConnections,
      applicationName: name.replaceAll('_', '-'),
      settings: { ...options.settings, ...connection?.settings },
      logger,
    })
  }
}

async function warnOfSuperuser(
  database: Database,
  logger: Logger,
  variable: string,
): Promise<void> {
  const login = await superuserLogin(database)
  if (!login) return
  logger.warn(
    { code: 'superuser_login', login },
    `database: connected as a superuser; name a role without superuser rights in ${variable}`,
  )
}

async function embeddedUrl(embedded: EmbeddedPostgres | null, name: string): Promise<string> {
  if (!embedded) throw new Error(`No database for ${name}: neither a URL nor an embedded server.`)
  await ensureDatabase({ url: embedded.url('postgres'), name })
  return embedded.url(name)
}
