import { trpc } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'

/** How long a changed price may go unnoticed. */
const CATALOG_KEPT_MS = 10 * 60_000

/** The price of a procedure as the text of its button; null until the catalog is loaded. `about` is a form's estimate. */
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
