import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import { Gauge, type Registry } from 'prom-client'

/** Well below the timeout of a scrape. */
const READ_MS_MAX = 1500

/** How to find each database's last backup, by the database's name. */
export type BackupSources = Record<string, () => Promise<Date | null>>

/** When each database was last backed up; 0 if no backup is known, absent while that cannot be determined. */
export function gaugeBackups(options: {
  registry: Registry
  sources: () => BackupSources
  logger: Logger
}): void {
  const { registry, sources, logger } = options
  new Gauge({
    name: 'tollgate_last_backup_timestamp_seconds',
    help: 'When the last backup that is known of a database was taken; 0 when none is.',
    labelNames: ['database'],
    registers: [registry],
    async collect() {
      const found = await Promise.all(
        Object.entries(sources()).map(async ([database, find]) => {
          const last = await Promise.race([
            find(),
            delay(READ_MS_MAX, 'late' as const, { ref: false }),
          ])
            // Otherwise an unavailable database would look like one that was never backed up.
            .catch((error: unknown) => {
              logger.warn({ error, database }, 'metrics: finding the last backup failed')
              return 'late' as const
            })
          return { database, last }
        }),
      )
      this.reset()
      for (const { database, last } of found) {
        if (last !== 'late') this.set({ database }, (last?.getTime() ?? 0) / 1000)
      }
    },
  })
}
