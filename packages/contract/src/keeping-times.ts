/**
 * How long a stored result can be fetched again with its operation key, in milliseconds, counted from the settlement. The
 * server's default policy and the clients' replay rule both read it here.
 */
export const RESULT_KEPT_MS = 72 * 3_600_000
