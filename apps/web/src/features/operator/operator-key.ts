/** How the cache knows what operators have read, so that a change can read all of it again. */
export const OPERATOR_KEY = ['operator'] as const
