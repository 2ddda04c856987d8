import type { Offer } from '@tollgate/contract'
import { trpc } from './trpc.ts'
import { useCatalog } from './use-catalog.ts'

/** The name of the plan to buy for a feature; null if the customer has it, or while that is unknown. */
export function usePlanWith(feature: string): string | null {
  const catalog = useCatalog()
  const plan = trpc.billing.plan.useQuery()
  const billing = plan.data?.billing
  if (!billing || billing.features.some((slug) => slug === feature)) return null
  return planWith(catalog?.offers ?? [], feature)
}

/** The name of the first plan that includes a feature. */
export function planWith(offers: readonly Offer[], feature: string): string | null {
  const offer = offers.find(
    ({ kind, features }) => kind === 'plan' && features.some(({ slug }) => slug === feature),
  )
  return offer?.name ?? null
}
