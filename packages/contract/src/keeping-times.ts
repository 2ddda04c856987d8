/**
 * How long a stored result can be fetched again with its operation key, in milliseconds since settlement. Used by the server's default
 * policy and the clients' replay rule.
 */
export const RESULT_KEPT_MS = 72 * 3_600_000
