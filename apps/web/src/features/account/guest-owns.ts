import type { Balance } from '@tollgate/contract'

/** Whether a guest would lose something by signing out: a paid plan, credits that were bought or granted, results. */
export function guestOwns(known: {
  balances: readonly Balance[]
  subscription: { isFree: boolean } | null
}): boolean {
  if (known.subscription && !known.subscription.isFree) return true
  return known.balances.some(
    ({ used, held, breakdown }) =>
      used > 0 || held > 0 || breakdown.some(({ source }) => source !== 'plan'),
  )
}
