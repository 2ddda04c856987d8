import type { ActivityItem, LedgerItem, OperationId, PaidResult } from '@tollgate/contract'
import type { Codec } from './codec.ts'

/** The state of one operation, for its customer. */
export type OperationStatus<Meter extends string = string> = {
  operationId: OperationId
  procedure: string
  state: OperationState
  attempt: number
  charges: { meter: Meter; held: number; charged: number }[]
  startedAt: string
  endedAt: string | null
}

/** What a settled operation returned, a stream's chunks as an array; `kept` is false after `policy.resultKeptMs`. */
export type StoredResult = { kept: true; output: unknown } | { kept: false }

/** executing → settled, voided or expired; a voided or expired operation may run again under the same key. */
export type OperationState = 'executing' | 'settled' | 'voided' | 'expired'

/** One page of a customer's activity, newest first. */
export type ActivityPage<Meter extends string = string> = {
  items: ActivityItem<Meter>[]
  nextCursor: string | null
}

/** One page of a customer's own ledger, newest first. */
export type LedgerPage<Meter extends string = string> = {
  items: LedgerItem<Meter>[]
  nextCursor: string | null
}

/** Which results to list. */
export type ResultsRequest = {
  /** Only those of one procedure. */
  procedure?: string
  limit: number
  cursor?: string
  /** The codec that stored them, unless they are plain JSON. */
  codec?: Codec | null
}

/** One page of the stored results that a customer paid for, newest first. */
export type ResultsPage<Meter extends string = string> = {
  items: PaidResult<Meter>[]
  nextCursor: string | null
}
