import type { Balance, BalanceUpdate } from '@tollgate/contract'
import type { QueryClient } from '@tanstack/react-query'
import { applyUpdates, newestBalances } from '../balances/newest-balances.ts'

type BalanceAnswer = { balances: Balance[] }

/** The balance query, under the key that tRPC's own packages for the query library give it. */
export const BALANCE_KEY = [['billing', 'balance'], { type: 'query' }]
/** How often a balance that could not be read is asked for again. */
const ASK_AGAIN_MS = 5000

/**
 * Makes the balance query keep the newest version of every meter, whatever order answers come in, and go on asking
 * while there is no answer.
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

/** Writes balances that came with an answer or a push into the balance query. */
export function writeBalances(queryClient: QueryClient, updates: readonly BalanceUpdate[]): void {
  const known = queryClient.getQueryData<BalanceAnswer>(BALANCE_KEY)?.balances ?? []
  // Calls use credits; that more or fewer are granted comes of a purchase, a renewal or a payment that failed.
  if (updates.some((update) => known.some((one) => isGrantedAnew(one, update)))) {
    // Where the credits come from does not travel with an update.
    invalidate(queryClient, ['plan', 'balance'])
  }
  queryClient.setQueryData<BalanceAnswer>(BALANCE_KEY, (known) =>
    known ? { ...known, balances: applyUpdates(known.balances, updates) } : known,
  )
}

/** Drops what is cached of balances, their history and results; the refetch is not awaited. */
export function invalidateBalances(queryClient: QueryClient): void {
  invalidate(queryClient, ['balance', 'activity', 'ledger', 'results', 'history', 'spendCaps'])
}

/** Drops what is cached of the kept results; the refetch is not awaited. */
export function invalidateResults(queryClient: QueryClient): void {
  invalidate(queryClient, ['results'])
}

/** Whether updates show more use than the balance query knows of. */
export function hasNewUse(queryClient: QueryClient, updates: readonly BalanceUpdate[]): boolean {
  const known = queryClient.getQueryData<BalanceAnswer>(BALANCE_KEY)?.balances ?? []
  return updates.some(({ meter, version, used }) =>
    known.some((one) => one.meter === meter && version > one.version && used > one.used),
  )
}

/** Whether an answer is that of `billing.balance`. */
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

/** Whether every balance was read; the server says `unknown` while billing never answered it. */
function isKnown(answer: unknown): boolean {
  return isBalanceAnswer(answer) && answer.balances.every(({ state }) => state !== 'unknown')
}
