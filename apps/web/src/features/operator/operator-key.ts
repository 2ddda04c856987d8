/** The cache key prefix of operator queries, so that a change can invalidate all of them. */
export const OPERATOR_KEY = ['operator'] as const
