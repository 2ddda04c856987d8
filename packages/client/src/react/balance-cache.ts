import type { Balance, BalanceUpdate } from '@tollgate/contract'
import type { QueryClient } from '@tanstack/react-query'
import { applyUpdates, newestBalances } from '../balances/newest-balances.ts'

type BalanceAnswer = { balances: Balance[] }

/** The balance query, under the key that tRPC's own packages for the query library use. */
export const BALANCE_KEY = [['billing', 'balance'], { type: 'query' }]
/** How often a failed balance query is repeated. */
const ASK_AGAIN_MS = 5000

/**
 * Makes the balance query keep the newest version of every meter, regardless of the order of answers, and repeat while there is no answer.
 */
export function keepNewestBalances(queryClient: QueryClient): void {
  queryClient.setQueryDefaults(BALANCE_KEY, {
    refetchInterval: ({ state }) => (isKnown(state.data) ? false : ASK_AGAIN_MS),
    structuralSharing: (known, read) =>
      isBalanceAnswer(known) && isBalanceAnswer(read)
        ? { ...read, balances: newestBalances(known.balances, read.balances) }
        : read,
  })
}

/** Writes balances from an answer or a push into the balance query. */
export function writeBalances(queryClient: QueryClient, updates: readonly BalanceUpdate[]): void {
  const known = queryClient.getQueryData<BalanceAnswer>(BALANCE_KEY)?.balances ?? []
  // Calls only use credits; a change in what is granted comes from a purchase, a renewal or a failed payment.
  if (updates.some((update) => known.some((one) => isGrantedAnew(one, update)))) {
    // An update does not say where the credits come from.
    invalidate(queryClient, ['plan', 'balance'])
  }
  queryClient.setQueryData<BalanceAnswer>(BALANCE_KEY, (known) =>
    known ? { ...known, balances: applyUpdates(known.balances, updates) } : known,
  )
}

/** Invalidates cached balances, history and results; does not wait for the refetch. */
export function invalidateBalances(queryClient: QueryClient): void {
  invalidate(queryClient, ['balance', 'activity', 'ledger', 'results', 'history', 'spendCaps'])
}

/** Invalidates the cached results; does not wait for the refetch. */
export function invalidateResults(queryClient: QueryClient): void {
  invalidate(queryClient, ['results'])
}

/** Whether updates show more usage than the balance query does. */
export function hasNewUse(queryClient: QueryClient, updates: readonly BalanceUpdate[]): boolean {
  const known = queryClient.getQueryData<BalanceAnswer>(BALANCE_KEY)?.balances ?? []
  return updates.some(({ meter, version, used }) =>
    known.some((one) => one.meter === meter && version > one.version && used > one.used),
  )
}

/** Whether a value is an answer of `billing.balance`. */
export function isBalanceAnswer(value: unknown): value is BalanceAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'balances' in value &&
    Array.isArray(value.balances)
  )
}

function invalidate(queryClient: QueryClient, procedures: readonly string[]): void {
  for (const name of procedures) {
    void queryClient.invalidateQueries({ queryKey: [['billing', name]] })
  }
}

function isGrantedAnew(known: Balance, update: BalanceUpdate): boolean {
  const isNewer = update.meter === known.meter && update.version > known.version
  return isNewer && update.granted !== known.granted
}

/** Whether every balance was read; the server reports `unknown` as long as billing has never answered. */
function isKnown(answer: unknown): boolean {
  return isBalanceAnswer(answer) && answer.balances.every(({ state }) => state !== 'unknown')
}
