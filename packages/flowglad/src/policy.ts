/** How patient the backend is; every number has its reason in `DEFAULT_POLICY`. */
export type FlowgladPolicy = {
  /** Longest wait for one request, body included. */
  deadlineMs: number
  /** Longest wait for a plan change. */
  changeDeadlineMs: number
  /** Further attempts of a read whose connection failed. */
  readRetries: number
  /** Failed requests in a row after which calls are refused at once. */
  failuresToOpen: number
  /** How long they are refused before one is tried again. */
  openForMs: number
  /** Most usage events in one bulk request. */
  bulkMax: number
  /** Single usage events sent at the same time. */
  parallelSingles: number
}

export const DEFAULT_POLICY: FlowgladPolicy = {
  // A customer may be waiting for its creation or a sync; the SDK alone would wait three minutes.
  deadlineMs: 2_000,
  // Flowglad charges the card within the request and may take up to a minute; longer than this, people leave.
  changeDeadlineMs: 30_000,
  // One, and only after a broken connection: a restart is over by then, an overload is not made worse.
  readRetries: 1,
  failuresToOpen: 5,
  openForMs: 5_000,
  // About 50 kB of JSON; Flowglad documents no limit.
  bulkMax: 200,
  parallelSingles: 8,
}
