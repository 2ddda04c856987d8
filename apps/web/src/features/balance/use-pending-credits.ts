import { useQueryClient } from '@tanstack/react-query'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { useCatalog } from '../../connection/use-catalog.ts'
import { knownHold } from '../../connection/use-hold.ts'

/** Credits of one meter that pending calls of this window will use or hold. */
export function usePendingCredits(meter: string): number {
  const catalog = useCatalog()
  const queryClient = useQueryClient()
  const pending = useTollgate().usePendingOperations()
  return pending.reduce((sum, { path, input }) => {
    const price = catalog?.procedures.find(
      (procedure) => procedure.path === path && procedure.meter === meter,
    )
    if (!price) return sum
    if (price.cost.kind === 'fixed') return sum + price.cost.amount
    return sum + (price.cost.hold ?? knownHold(queryClient, path, input) ?? 0)
  }, 0)
}
