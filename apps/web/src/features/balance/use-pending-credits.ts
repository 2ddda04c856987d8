import { trpc, usePendingOperations } from '@tollgate/client/react'
import type { MeterSlug } from '@tollgate/contract'

/** Credits of one meter that calls from this window are about to use. */
export function usePendingCredits(meter: MeterSlug): number {
  const catalog = trpc.billing.catalog.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY })
  const pending = usePendingOperations()
  return pending.reduce((sum, { path }) => {
    const price = catalog.data?.procedures.find(
      (procedure) => procedure.path === path && procedure.meter === meter,
    )
    return sum + (price?.cost.kind === 'fixed' ? price.cost.amount : (price?.cost.hold ?? 0))
  }, 0)
}
