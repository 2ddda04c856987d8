import { trpc } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'

/** A price that changed shows up within this time. */
const CATALOG_KEPT_MS = 10 * 60_000

/** What a procedure costs, in words for its button; null until the catalog is known. `about` is the estimate of a form. */
export function useCost(
  path: string,
  about: { low: number; high: number } | null = null,
): string | null {
  const catalog = trpc.billing.catalog.useQuery(undefined, { staleTime: CATALOG_KEPT_MS })
  const procedure = catalog.data?.procedures.find((candidate) => candidate.path === path)
  if (!procedure) return null
  const { t, f } = copy
  const { cost, meter } = procedure
  if (cost.kind === 'fixed') return t.cost.fixed(f, meter, cost.amount)
  if (about) return t.cost.about(f, { meter, ...about })
  return cost.hold === null
    ? `${t.meter.unit(meter).other} as used`
    : `up to ${t.cost.fixed(f, meter, cost.hold)}`
}
