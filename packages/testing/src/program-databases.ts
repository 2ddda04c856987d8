import { cloneTemplate } from './clone-template.ts'

const ROOT = new URL('../../../', import.meta.url)
const METERING = { name: 'metering', directory: new URL('packages/metering/', ROOT) }
const SERVER = { name: 'auth', directory: new URL('apps/server/migrations/', ROOT) }
const LEDGER = { name: 'ledger', directory: new URL('packages/ledger/migrations/', ROOT) }

/** Makes a migrated database each for a server and for the billing backend; returns the variables that point to them. */
export async function programDatabases(): Promise<{
  DATABASE_URL: string
  BILLING_DATABASE_URL: string
}> {
  const [server, billing] = [await cloneTemplate([METERING, SERVER]), await cloneTemplate([LEDGER])]
  return { DATABASE_URL: server, BILLING_DATABASE_URL: billing }
}
