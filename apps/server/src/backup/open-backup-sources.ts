import { type Database, openDatabase } from '@tollgate/database'
import type { Config } from '../config.ts'
import type { BackupSources } from '../metrics/gauge-backups.ts'
import type { Stores } from '../open-stores.ts'
import { findLastBackup } from './find-last-backup.ts'

/** The last backup of each database of the installation, by the database's name. */
export function openBackupSources(options: {
  config: Pick<Config, 'dataDirectory' | 'meteringDatabaseUrl'>
  stores: Pick<Stores, 'server' | 'operator' | 'billing'>
}): { backups: BackupSources; close(): Promise<void> } {
  const { config, stores } = options
  const { dataDirectory } = config
  const backups: BackupSources = {}
  const add = (name: string, database: Database) => {
    backups[name] = () => findLastBackup({ dataDirectory, database })
  }
  add('tollgate', stores.server)
  if (config.meteringDatabaseUrl) add('metering', stores.operator)
  const { url } = stores.billing
  if (!url) return { backups, close: async () => {} }
  // The ledger's own process has the other connections to it; this one is opened on a scrape.
  const billing = openDatabase({ url, maxConnections: 1, applicationName: 'tollgate-backup' })
  add('billing', billing)
  return { backups, close: billing.close }
}
