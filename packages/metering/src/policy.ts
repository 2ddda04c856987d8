import { RESULT_KEPT_MS } from '@tollgate/contract'

/** Times, sizes and counts that metering keeps to; every one has its reason beside it. Milliseconds unless it says otherwise. */
export type MeteringPolicy = {
  /** How long an operation lives without a heartbeat. */
  leaseMs: number
  /** How often a running operation is confirmed: three times per lease, so that two lost heartbeats do no harm. */
  heartbeatMs: number
  /** How long after its lease an operation is left alone, for heartbeats that are on their way. */
  graceMs: number
  /** How often operations whose lease has expired are looked for; lease + grace + sweep is how long a dead process keeps a hold. */
  sweepMs: number
  /** The longest a piece of work may take when the call says nothing else. */
  deadlineMs: number
  /** How long a balance is taken as it is before the backend is asked again. */
  freshForMs: number
  /** How old our knowledge may be while the backend is away; past it calls are answered 503. */
  staleAfterMs: number
  /** The most bytes of a stored result, as JSON. */
  resultBytesMax: number
  /** How long a result can be fetched again with its key. */
  resultKeptMs: number
  /** How long the key of an operation that was never charged is remembered; that of a charged one is, for as long as its row. */
  keyKeptMs: number
  /**
   * How long an operation and a change of a balance are listed after their end; the key of what was charged stays. Infinity keeps them
   * for ever, and less than `OPERATION_KEPT_MS_MIN` is refused.
   */
  operationKeptMs: number
  /** How often an operation may die half-way before it is parked as poisoned. */
  attemptsMax: number
  /** The `retryAfterMs` of a caller whose key is still running. */
  retryAfterMs: number
  /** The most usage events in one delivery. */
  deliveryBatch: number
  /** How long a claimed customer stays claimed by a relay or a sync that died. */
  claimMs: number
  /** How often the relay looks for work without being woken. */
  relayMs: number
  /** How long the relay waits for more events after a batch that was not full. A small batch costs three times as much per event. */
  batchDelayMs: number
  /** How often a backend may refuse an event before it is quarantined. */
  refusalsMax: number
  /** First and longest pause after a failed delivery; full jitter in between. */
  backoffMs: { first: number; longest: number }
  /** How long an unknown commit is looked up before the caller gets `outcome_unknown`. */
  commitLookupTimeoutMs: number
  /** The longest a call waits for the backend before it answers without it. */
  syncWaitMs: number
  /** A stream's progress is persisted after so many credits, or so many milliseconds, whichever is first. */
  watermark: { credits: number; ms: number }
  /** How many calls may share one statement: beyond it a batch takes longer and saves nothing. */
  maxBatchSize: number
  /** How many batches of a bucket are under way; more than one makes them smaller, and each waits for the disk by itself. */
  maxConcurrentBatches: number
}

/** Two calendar months and the days of a chart: limits of this month, charts and keys that can be retried read no further back. */
export const OPERATION_KEPT_MS_MIN = 92 * 86_400_000

/**
 * The policy of the reliability programme: a dead process frees its holds in at most 40 s.
 *
 * @example
 * createMetering({ ...options, policy: { deadlineMs: 2 * DEFAULT_POLICY.deadlineMs } })
 */
export const DEFAULT_POLICY: MeteringPolicy = {
  leaseMs: 30_000,
  heartbeatMs: 10_000,
  graceMs: 5000,
  sweepMs: 2500,
  deadlineMs: 600_000,
  freshForMs: 30_000,
  staleAfterMs: 3_600_000,
  resultBytesMax: 1_048_576,
  resultKeptMs: RESULT_KEPT_MS,
  keyKeptMs: 30 * 86_400_000,
  operationKeptMs: 400 * 86_400_000,
  attemptsMax: 3,
  retryAfterMs: 1000,
  deliveryBatch: 500,
  claimMs: 15_000,
  relayMs: 1000,
  batchDelayMs: 500,
  refusalsMax: 5,
  backoffMs: { first: 1000, longest: 300_000 },
  commitLookupTimeoutMs: 5000,
  syncWaitMs: 5000,
  watermark: { credits: 50, ms: 250 },
  maxBatchSize: 64,
  maxConcurrentBatches: 1,
}
