import { fileURLToPath } from 'node:url'
import {
  type FaultyHttpProxy,
  type FaultyProcess,
  type PostgresProxy,
  startProcess,
} from '@tollgate/testing/faults'

const SERVER = fileURLToPath(new URL('..', import.meta.url))

/** A server of the testbed, with the proxies to its database and its billing backend. */
export type Member = { process: FaultyProcess; postgres: PostgresProxy; billing: FaultyHttpProxy }

/** How one start of a member differs from another. */
export type Launch = { environment?: Record<string, string>; wait?: boolean; port?: number }

/** What all servers of a testbed share. */
export type Common = {
  bundle: string
  dataDirectory: string
  databaseUrl: string
  apiKey: string
}

/** Starts a member's process behind its proxies. */
export function launchMember(
  { bundle, dataDirectory, databaseUrl, apiKey }: Common,
  proxies: Pick<Member, 'postgres' | 'billing'>,
  { environment, ...options }: Launch,
): Promise<FaultyProcess> {
  return startProcess({
    cwd: SERVER,
    args: ['--enable-source-maps', bundle],
    ...options,
    readyPath: '/readyz',
    environment: (port) => ({
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: dataDirectory,
      DATABASE_URL: proxies.postgres.through(databaseUrl),
      FLOWGLAD_BASE_URL: proxies.billing.url,
      FLOWGLAD_SECRET_KEY: apiKey,
      TRUSTED_PROXIES: '1',
      BILLED_CALLS_PER_MINUTE: '1000000',
      OPEN_OPERATIONS_PER_CUSTOMER: '1000000',
      NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '1000000',
      LOG_LEVEL: 'warn',
      ...environment,
    }),
  })
}
