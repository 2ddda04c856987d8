import type { Balance } from '@tollgate/contract'
import { trpc } from './trpc.ts'

/** One meter's balance as it now is; a stale value stays on screen while a fresh one is fetched. */
export function useBalance(meter: string): {
  balance: Balance | null
  isPending: boolean
  isError: boolean
} {
  const query = trpc.billing.balance.useQuery()
  const balance = query.data?.balances.find((candidate) => candidate.meter === meter) ?? null
  return { balance, isPending: query.isPending, isError: query.isError }
}
