import { silentLogger } from '@tollgate/contract'
import { hotPathSettings, migrate, openDatabase, withOwner } from '@tollgate/database'
import { createMetering } from './create-metering.ts'
import type { Metering } from './metering.ts'
import type { MeteringOptions } from './metering-options.ts'
import { METERING_MIGRATIONS } from './migrations.ts'
import { SetupError } from './setup-error.ts'

/** What `createMetering` takes, with the address of a database instead of an open one. */
export type StartMeteringOptions<Meter extends string = string> = Omit<
  MeteringOptions<Meter>,
  'database'
> & {
  /** "postgresql://user:password@host/name"; metering uses its own schema there. */
  database: string
  /**
   * Where planner settings come from: each connection's `hotPathSettings` (default), or the database alone, as the coordinator of a Citus
   * cluster needs.
   */
  plannerSettings?: 'connection' | 'database'
}

/**
 * Opens the database, migrates it, and starts metering on it; its `stop()` also closes the database. Any number of processes may start at
 * once.
 *
 * @example
 * const metering = await startMetering({ catalog, backend, database: env.DATABASE_URL, secret: env.BILLING_SECRET })
 */
export function startMetering<Meter extends string>(
  options: StartMeteringOptions<Meter>,
): Promise<Metering<Meter>>
export async function startMetering({
  database: url,
  plannerSettings = 'connection',
  ...options
}: StartMeteringOptions): Promise<Metering> {
  checkAddress(url)
  const { logger = silentLogger } = options
  const database = openDatabase({
    url,
    logger,
    settings: plannerSettings === 'connection' ? hotPathSettings : {},
    applicationName: 'tollgate-metering',
  })
  try {
    const metering = createMetering({ ...options, database })
    await withOwner({ url, logger }, (owner) =>
      migrate(owner, { directory: METERING_MIGRATIONS, name: 'metering' }),
    )
    await metering.start()
    return {
      ...metering,
      async stop() {
        await metering.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** An unset environment variable is `undefined`, whatever its type says. */
function checkAddress(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return
  throw new SetupError(
    'startMetering() was given no address of a PostgreSQL as `database`. It looks like postgresql://user:password@host/name; is DATABASE_URL set?',
  )
}
