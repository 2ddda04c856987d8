/** Timeouts and limits of the backend; `DEFAULT_POLICY` explains the numbers. */
export type FlowgladPolicy = {
  /** The timeout of one request, body included. */
  deadlineMs: number
  /** The timeout of a plan change. */
  changeDeadlineMs: number
  /** Retries of a read whose connection failed. */
  readRetries: number
  /** Consecutive failed requests after which calls are refused immediately. */
  failuresToOpen: number
  /** How long they are refused before one is tried again. */
  openForMs: number
  /** The maximum of usage events in one bulk request. */
  bulkMax: number
  /** Single usage events sent concurrently. */
  parallelSingles: number
}

export const DEFAULT_POLICY: FlowgladPolicy = {
  // A customer may be waiting for its creation or a sync; the SDK alone would wait three minutes.
  deadlineMs: 2_000,
  // Flowglad charges the card within the request and may take up to a minute; people do not wait longer than this.
  changeDeadlineMs: 30_000,
  // One, and only after a broken connection: enough for a restart, and does not worsen an overload.
  readRetries: 1,
  failuresToOpen: 5,
  openForMs: 5_000,
  // About 50 kB of JSON; Flowglad documents no limit.
  bulkMax: 200,
  parallelSingles: 8,
}
