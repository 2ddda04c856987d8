import type { AppRouter } from '@tollgate/api'
import type { MeterOf } from '@tollgate/client'
import type { BillingError } from '@tollgate/contract'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { useCatalog } from '../../connection/use-catalog.ts'
import { foreseenRefusal } from './foreseen-refusal.ts'

/** The refusal the next click would get; null if the balance covers it or is unknown. */
export function useForeseenRefusal(
  meter: MeterOf<AppRouter>,
  required: number | null,
): BillingError<'insufficient_credits'> | null {
  const { balance } = useTollgate().useBalance(meter)
  const catalog = useCatalog()
  const plan = trpc.billing.plan.useQuery()
  return foreseenRefusal({
    balance,
    required,
    offers: catalog?.offers ?? [],
    pastDue: plan.data?.billing?.subscription?.status === 'past_due',
    isFree: plan.data?.billing?.subscription?.isFree ?? true,
    isOwner: plan.data?.isOwner ?? true,
  })
}
