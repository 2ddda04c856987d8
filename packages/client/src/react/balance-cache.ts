import type { Balance, BalanceUpdate } from '@tollgate/contract'
import type { QueryClient } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { applyUpdates, newestBalances } from '../balances/newest-balances.ts'
import type { Outputs } from '../router-paths.ts'
import { trpc } from './trpc.ts'

type BalanceAnswer = Outputs['billing']['balance']

/** How often a balance that could not be read is asked for again. */
const ASK_AGAIN_MS = 5000

/**
 * Makes the balance query keep the newest version of every meter, whatever order answers come in, and go on asking
 * while there is no answer.
 */
export function keepNewestBalances(queryClient: QueryClient): void {
  queryClient.setQueryDefaults(balanceKey(), {
    refetchInterval: ({ state }) => (isKnown(state.data) ? false : ASK_AGAIN_MS),
    structuralSharing: (known, read) =>
      isBalanceAnswer(known) && isBalanceAnswer(read)
        ? { ...read, balances: newestBalances(known.balances, read.balances) }
        : read,
  })
}

/** Writes balances that came with an answer or a push into the balance query. */
export function writeBalances(queryClient: QueryClient, updates: readonly BalanceUpdate[]): void {
  const known = queryClient.getQueryData<BalanceAnswer>(balanceKey())?.balances ?? []
  // Calls use credits; that more or fewer are granted comes of a purchase, a renewal or a payment that failed.
  if (updates.some((update) => known.some((one) => isGrantedAnew(one, update)))) {
    void queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.billing.plan) })
    // Where the credits come from does not travel with an update.
    void queryClient.invalidateQueries({ queryKey: balanceKey() })
  }
  queryClient.setQueryData<BalanceAnswer>(balanceKey(), (known) =>
    known ? { ...known, balances: applyUpdates(known.balances, updates) } : known,
  )
}

/** Drops what is cached of balances and their history; the refetch is not awaited. */
export function invalidateBalances(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: balanceKey() })
  void queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.billing.activity) })
  void queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.billing.ledger) })
  void queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.billing.history) })
  void queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.billing.spendCaps) })
}

function balanceKey() {
  return getQueryKey(trpc.billing.balance, undefined, 'query')
}

function isGrantedAnew(known: Balance, update: BalanceUpdate): boolean {
  const isNewer = update.meter === known.meter && update.version > known.version
  return isNewer && update.granted !== known.granted
}

/** Whether every balance was read; the server says `unknown` while billing never answered it. */
function isKnown(answer: unknown): boolean {
  return isBalanceAnswer(answer) && answer.balances.every(({ state }) => state !== 'unknown')
}

function isBalanceAnswer(value: unknown): value is { balances: Balance[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'balances' in value &&
    Array.isArray(value.balances)
  )
}
