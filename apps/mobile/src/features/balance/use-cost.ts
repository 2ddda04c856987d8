import { trpc } from '../../connection/trpc.ts'
import { catalogMeter } from './catalog-meter.ts'
import { count } from './describe-balance.ts'

/** A price that changed shows up within this time. */
const CATALOG_KEPT_MS = 10 * 60_000

/** What a procedure costs, in words for its button; null until the catalog is known. */
export function useCost(path: string): string | null {
  const catalog = trpc.billing.catalog.useQuery(undefined, { staleTime: CATALOG_KEPT_MS })
  const procedure = catalog.data?.procedures.find((candidate) => candidate.path === path)
  if (!procedure) return null
  const { cost, meter } = procedure
  if (cost.kind === 'fixed') return count(cost.amount, meter)
  return cost.hold === null
    ? `${catalogMeter(meter)?.units ?? meter} as used`
    : `at most ${count(cost.hold, meter)}`
}
