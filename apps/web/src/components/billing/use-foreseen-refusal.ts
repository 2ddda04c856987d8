import { trpc, useBalance } from '@tollgate/client/react'
import type { ExhaustedError } from '@tollgate/contract'
import { useCatalog } from './use-catalog.ts'
import { foreseenRefusal } from './ways-on.ts'

/** The refusal the next click would get; null while the balance covers it or nothing is known. */
export function useForeseenRefusal(meter: string, required: number | null): ExhaustedError | null {
  const { balance } = useBalance(meter)
  const catalog = useCatalog()
  const plan = trpc.billing.plan.useQuery()
  return foreseenRefusal({
    balance,
    required,
    offers: catalog?.offers ?? [],
    isFree: plan.data?.billing?.subscription?.isFree ?? true,
  })
}
