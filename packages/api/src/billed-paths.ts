import { priceDescriptionOf } from '@tollgate/trpc'
import type { AppRouter } from './router.ts'

/** The paths of the procedures that cost credits. */
export function billedPaths(procedures: AppRouter['_def']['procedures']): ReadonlySet<string> {
  const billed = Object.entries(procedures).filter(([, procedure]) => priceDescriptionOf(procedure))
  return new Set(billed.map(([path]) => path))
}
