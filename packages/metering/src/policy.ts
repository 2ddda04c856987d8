import { RESULT_KEPT_MS } from '@tollgate/contract'

/** Times, sizes and counts of metering. Milliseconds unless stated otherwise. */
export type MeteringPolicy = {
  /** How long an operation lives without a heartbeat. */
  leaseMs: number
  /** How often a lease is renewed: three times per lease, so that two lost heartbeats do no harm. */
  heartbeatMs: number
  /** How long an operation is left alone after its lease ends, for heartbeats in flight. */
  graceMs: number
  /** How often the sweeper looks for expired leases; lease + grace + sweep is how long a dead process keeps a hold. */
  sweepMs: number
  /** The longest the work may take, unless the call says otherwise. */
  deadlineMs: number
  /** How long a synced balance counts as fresh before the backend is read again. */
  freshForMs: number
  /** How old a synced balance may be while the backend is unavailable; after that calls get 503. */
  staleAfterMs: number
  /** The most bytes of a stored result, as JSON. */
  resultBytesMax: number
  /** How long a result is stored for a retry with its key. */
  resultKeptMs: number
  /** How long the key of an operation that was not charged is kept; the key of a charged one is kept as long as its row. */
  keyKeptMs: number
  /**
   * How long operations and balance changes are listed after their end; the keys of charged operations stay. Infinity keeps them forever;
   * less than `OPERATION_KEPT_MS_MIN` is refused.
   */
  operationKeptMs: number
  /** How many attempts of an operation may die before it is refused as poisoned. */
  attemptsMax: number
  /** The `retryAfterMs` sent to a caller whose key is still running. */
  retryAfterMs: number
  /** The most usage events in one delivery. */
  deliveryBatch: number
  /** How long a claimed customer stays claimed by a relay or a sync that died. */
  claimMs: number
  /** How often the relay polls for work when nothing wakes it. */
  relayMs: number
  /** How long the relay waits for more events after a batch that was not full. A small batch costs three times as much per event. */
  batchDelayMs: number
  /** How often a backend may refuse an event before it is quarantined. */
  refusalsMax: number
  /** First and longest pause after a failed delivery, with full jitter. */
  backoffMs: { first: number; longest: number }
  /** How long to look for the outcome of a commit before the caller gets `outcome_unknown`. */
  commitLookupTimeoutMs: number
  /** The longest a call waits for the backend before it proceeds without it. */
  syncWaitMs: number
  /** A stream's progress is persisted after this many credits or milliseconds, whichever comes first. */
  watermark: { credits: number; ms: number }
  /** The most calls in one statement: a larger batch takes longer and saves nothing. */
  maxBatchSize: number
  /** The most concurrent batches per bucket; more than one makes them smaller, and each waits for its own fsync. */
  maxConcurrentBatches: number
}

/** Two calendar months plus the days of a chart: monthly limits, charts and retried keys read no further back. */
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
