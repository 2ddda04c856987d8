import type { Balance } from '@tollgate/contract'

/** Whether signing out would cost a guest something: a paid plan, credits that were bought or given, results already made. */
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
