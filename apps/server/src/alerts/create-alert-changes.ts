import type { CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

const CHANNEL = 'alert_changes'
/** PostgreSQL takes 8000 bytes per notification; a customer id has up to 64. */
const CUSTOMERS_PER_NOTIFICATION = 100

/** Notifies every process whose alerts changed. Notifications may be lost: the list is also read again periodically. */
export type AlertChanges = {
  notify(customerIds: readonly string[]): Promise<void>
  /** Calls the listener when the customer's alerts change; returns a function that unsubscribes it. */
  add(customerId: CustomerId, listener: () => void): () => void
  stop(): Promise<void>
}

/** Opens the connection that listens for notifications. */
export async function createAlertChanges(database: Database): Promise<AlertChanges> {
  const listeners = new Map<string, Set<() => void>>()
  const stop = await database.listen(CHANNEL, (payload) => {
    const customerIds: unknown = JSON.parse(payload)
    if (!Array.isArray(customerIds)) return
    for (const customerId of customerIds) {
      for (const listener of listeners.get(customerId) ?? []) listener()
    }
  })
  return {
    async notify(customerIds) {
      const ids = [...new Set(customerIds)]
      for (let start = 0; start < ids.length; start += CUSTOMERS_PER_NOTIFICATION) {
        const page = ids.slice(start, start + CUSTOMERS_PER_NOTIFICATION)
        await database.query({
          name: 'notify-alert-changes',
          text: 'select pg_notify($1, $2)',
          values: [CHANNEL, JSON.stringify(page)],
        })
      }
    },
    add(customerId, listener) {
      const ofCustomer = listeners.get(customerId) ?? new Set()
      listeners.set(customerId, ofCustomer.add(listener))
      return () => {
        ofCustomer.delete(listener)
        if (ofCustomer.size === 0 && listeners.get(customerId) === ofCustomer) {
          listeners.delete(customerId)
        }
      }
    },
    stop,
  }
}
