import type { BalanceUpdate, Logger } from '@tollgate/contract'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import type { MeteringPolicy } from '../policy.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { readCustomer } from '../store/read-customer.ts'
import { CHANGES_CHANNEL } from './create-notifier.ts'

/** Receives changes made by any process and passes them to the listeners in this one. */
export type ChangeListeners = {
  /** Calls the listener with the meters that changed; returns a function that stops it. */
  add(customerId: string, listener: (updates: BalanceUpdate[]) => void): () => void
  /** Calls back on every change of any customer. */
  onAnyChange(callback: () => void): () => void
  stop(): Promise<void>
}

/** Makes the receiving side; its connection opens with the first listener. */
export function createChangeListeners(options: {
  database: MeteringDatabase
  logger: Logger
  policy: MeteringPolicy
}): ChangeListeners {
  const { database, logger, policy } = options
  const watches = new Map<string, Set<Watch>>()
  const callbacks = new Set<() => void>()
  let listening: Promise<() => Promise<void>> | null = null

  function listen(): void {
    listening ??= database.listen(CHANGES_CHANNEL, (payload) => {
      for (const callback of callbacks) callback()
      for (const customerId of readCustomerIds(payload)) {
        const watching = watches.get(customerId)
        if (watching) void notify(customerId, watching)
      }
    })
    listening.catch((error: unknown) => {
      listening = null
      logger.warn({ error }, 'balance changes: listening failed, the next listener retries')
    })
  }

  async function notify(customerId: string, watching: ReadonlySet<Watch>): Promise<void> {
    try {
      const { accounts, asOf } = await readCustomer(database, customerId, policy)
      const updates = accounts.map((account) =>
        toBalanceUpdate(account, new Date(asOf).toISOString()),
      )
      for (const watch of watching) watch.notify(updates)
    } catch (error) {
      logger.warn({ error, customerId }, 'balance changes: change not delivered to its listeners')
    }
  }

  return {
    add(customerId, listener) {
      listen()
      const watch = createWatch(listener)
      const watching = watches.get(customerId) ?? new Set()
      watches.set(customerId, watching.add(watch))
      return () => {
        watching.delete(watch)
        if (watching.size === 0 && watches.get(customerId) === watching) watches.delete(customerId)
      }
    },
    onAnyChange(callback) {
      listen()
      callbacks.add(callback)
      return () => callbacks.delete(callback)
    },
    async stop() {
      const stop = await listening?.catch(() => null)
      listening = null
      await stop?.()
    },
  }
}

type Watch = { notify(updates: BalanceUpdate[]): void }

/** Calls a listener only with updates newer than its last one. */
function createWatch(listener: (updates: BalanceUpdate[]) => void): Watch {
  const versions = new Map<string, number>()
  return {
    notify(updates) {
      const newer = updates.filter(({ meter, version }) => version > (versions.get(meter) ?? 0))
      for (const { meter, version } of newer) versions.set(meter, version)
      if (newer.length > 0) listener(newer)
    },
  }
}

function readCustomerIds(payload: string): string[] {
  const ids: unknown = JSON.parse(payload)
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}
