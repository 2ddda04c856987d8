import type { CustomerId } from './ids.ts'

/** Which usage events of a customer to list, oldest first. */
export type UsageQuery = {
  customerId: CustomerId
  meter?: string
  /** Settled at or after this instant, epoch milliseconds. */
  from?: number
  /** Settled before this instant. */
  until?: number
  /** The previous page's `nextCursor`. */
  cursor?: string
  /** Events per page; the backend's maximum (1 000) when left out. */
  limit?: number
}

/** One usage event as the backend stores it. */
export type ListedUsage = {
  transactionId: string
  /** Null when the backend's meter is not in our catalog. */
  meter: string | null
  amount: number
  /** When the work was settled, epoch milliseconds, as it was delivered. */
  at: number
  /** The operation it was delivered for; null when another program recorded it. */
  operationId: string | null
}

/** One page of usage events; `nextCursor` is null on the last one. */
export type UsagePage = { events: ListedUsage[]; nextCursor: string | null }

/** One page of the customers that the backend has; `nextCursor` is null on the last one. */
export type CustomerPage = { customerIds: CustomerId[]; nextCursor: string | null }
