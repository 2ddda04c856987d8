import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** The channel on which every process hears which customers changed. */
export const CHANGES_CHANNEL = 'metering_changes'

/** Gathers changes for so long: a commit that notifies takes a lock of the whole server, so it is kept off the hot path. */
const GATHER_MS = 25
/** PostgreSQL takes 8000 bytes per notification; a customer id has up to 64. */
const CUSTOMERS_PER_NOTICE = 100

/** Notifies every process of the customers whose balances changed. Losing a notice costs freshness, never credits. */
export type Announcer = {
  changed(customerId: string): void
  /** Sends what was gathered. */
  flush(): Promise<void>
}

/** Makes an announcer that sends gathered customer ids by `notify`. */
export function createAnnouncer({
  database,
  logger,
}: {
  database: Database
  logger: Logger
}): Announcer {
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | null = null

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const ids = [...gathered]
    gathered.clear()
    try {
      for (let start = 0; start < ids.length; start += CUSTOMERS_PER_NOTICE) {
        await notify(database, ids.slice(start, start + CUSTOMERS_PER_NOTICE))
      }
    } catch (error) {
      logger.warn({ error, customers: ids.length }, 'metering: balance changes were not announced')
    }
  }

  return {
    changed(customerId) {
      gathered.add(customerId)
      timer ??= setTimeout(() => void flush(), GATHER_MS).unref()
    },
    flush,
  }
}

async function notify(database: Database, customerIds: string[]): Promise<void> {
  await database.query({
    name: 'metering.announce',
    text: 'select pg_notify($1, $2)',
    values: [CHANGES_CHANNEL, JSON.stringify(customerIds)],
  })
}
