import type { Goal } from './goals.ts'

/** A limit as tables show it. */
export function formatLimit(limit: Goal['limit']): string {
  return 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`
}
