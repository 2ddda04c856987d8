import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** The channel on which every process receives the ids of changed customers. */
export const CHANGES_CHANNEL = 'metering_changes'

/** How long changes are collected: a commit that notifies takes a server-wide lock, so notifications are kept off the hot path. */
const COLLECT_MS = 25
/** PostgreSQL accepts 8000 bytes per notification; a customer id has up to 64. */
const CUSTOMERS_PER_NOTIFICATION = 100

/** Notifies every process of the customers whose balances changed. Losing a notification costs freshness, never credits. */
export type Notifier = {
  changed(customerId: string): void
  /** Sends what was collected. */
  flush(): Promise<void>
}

/** Makes a notifier that sends collected customer ids by `notify`. */
export function createNotifier({
  database,
  logger,
}: {
  database: Database
  logger: Logger
}): Notifier {
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | null = null

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const ids = [...changed]
    changed.clear()
    try {
      for (let start = 0; start < ids.length; start += CUSTOMERS_PER_NOTIFICATION) {
        const page = ids.slice(start, start + CUSTOMERS_PER_NOTIFICATION)
        await database.query({
          name: 'metering.notify',
          text: 'select pg_notify($1, $2)',
          values: [CHANGES_CHANNEL, JSON.stringify(page)],
        })
      }
    } catch (error) {
      logger.warn({ error, customers: ids.length }, 'balance changes: notification not sent')
    }
  }

  return {
    changed(customerId) {
      changed.add(customerId)
      timer ??= setTimeout(() => void flush(), COLLECT_MS).unref()
    },
    flush,
  }
}
