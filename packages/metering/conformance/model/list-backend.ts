import { customerId } from '@tollgate/contract'
import type { DriftSides } from '../../src/drift/drift-sides.ts'
import type { World } from './world.ts'

/** The backend's lists of customers and their usage events. */
export function listBackend({ backend }: Pick<World, 'backend'>): DriftSides['backend'] {
  return {
    async listUsage({ customerId: of, from = 0, until = Infinity, cursor = '0', limit = 1000 }) {
      const events = [...backend.events.values()]
        .filter(({ customerId: whose, occurredAt: at }) => whose === of && at >= from && at < until)
        .toSorted((a, b) => a.occurredAt - b.occurredAt || compare(keyOf(a), keyOf(b)))
      const next = Number(cursor) + limit
      return {
        events: events.slice(Number(cursor), next).map((event) => ({
          transactionId: event.transactionId,
          meter: event.meter,
          amount: event.amount,
          at: event.occurredAt,
          operationId: event.operationId || null,
        })),
        nextCursor: next < events.length ? String(next) : null,
      }
    },
    async listCustomers() {
      const ids = new Set([...backend.events.values()].map((event) => event.customerId))
      return { customerIds: [...ids].toSorted(compare).map(customerId), nextCursor: null }
    },
  }
}

function keyOf({ transactionId, meter }: { transactionId: string; meter: string }): string {
  return `${transactionId} ${meter}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
