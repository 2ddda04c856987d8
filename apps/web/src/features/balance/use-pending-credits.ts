import { usePendingOperations } from '@tollgate/client/react'
import type { MeterSlug } from '@tollgate/contract'
import { useCatalog } from '../../components/billing/use-catalog.ts'

/** Credits of one meter that calls from this window are about to use. */
export function usePendingCredits(meter: MeterSlug): number {
  const catalog = useCatalog()
  const pending = usePendingOperations()
  return pending.reduce((sum, { path }) => {
    const price = catalog?.procedures.find(
      (procedure) => procedure.path === path && procedure.meter === meter,
    )
    return sum + (price?.cost.kind === 'fixed' ? price.cost.amount : (price?.cost.hold ?? 0))
  }, 0)
}
