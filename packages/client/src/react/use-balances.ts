import type { Balance } from '@tollgate/contract'
import { useQuery } from '@tanstack/react-query'
import { BALANCE_KEY, isBalanceAnswer } from './balance-cache.ts'
import type { HookedTollgate } from './click.ts'

/** All current balances; null until they are known. */
export function useBalances({ untyped, queryClient }: HookedTollgate): {
  balances: readonly Balance[] | null
  isPending: boolean
  isError: boolean
} {
  const query = useQuery<unknown>(
    { queryKey: BALANCE_KEY, queryFn: () => untyped.query('billing.balance') },
    queryClient,
  )
  const balances = isBalanceAnswer(query.data) ? query.data.balances : null
  return { balances, isPending: query.isPending, isError: query.isError }
}

/** The balance of one meter; null until it is known. */
export function useBalance(
  tollgate: HookedTollgate,
  meter: string,
): { balance: Balance | null; isPending: boolean; isError: boolean } {
  const { balances, isPending, isError } = useBalances(tollgate)
  const balance = balances?.find((candidate) => candidate.meter === meter) ?? null
  return { balance, isPending, isError }
}
