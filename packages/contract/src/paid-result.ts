import type { CallSubject } from './spend-limit.ts'

/** What one settled operation returned, while it is kept. */
export type PaidResult<Meter extends string = string> = {
  operationId: string
  /** The procedure's path: "images.generate". */
  procedure: string
  /** Empty when another operation was charged for the same result. */
  charges: { meter: Meter; amount: number }[]
  startedAt: string
  endedAt: string
  keptUntil: string
} & StoredOutput

/** An answer as it was stored: the procedure's return value, or the chunks that its stream delivered. */
export type StoredOutput = {
  output?: unknown
  /** Whether it was streamed. */
  streamed: boolean
  /** False when a stream ended early: the output is the part that was delivered. */
  complete: boolean
}

/** One operation from its hold to its settlement, with its result while that is kept. */
export type OperationReceipt<Meter extends string = string> = {
  operationId: string
  procedure: string
  state: 'executing' | 'settled' | 'voided' | 'expired'
  attempt: number
  charges: { meter: Meter; held: number; charged: number; balanceAfter: number | null }[]
  startedAt: string
  /** When the hold of the last attempt was placed. */
  heldAt: string
  endedAt: string | null
  /** The operation that was charged for the same result, if there is one. */
  chargedBy: string | null
  /** The subjects that the call was made by or for, besides the customer. */
  subjects: CallSubject[]
  /** Null when there is no result, or it is no longer kept. */
  result: (StoredOutput & { keptUntil: string }) | null
}
