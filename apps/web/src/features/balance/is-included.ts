import type { Balance } from '@tollgate/contract'

/** Whether a plan or a top-up ever gave this customer something of a meter; one it has nothing of is not used up. */
export function isIncluded(balance: Balance): boolean {
  const { granted, used, held, unlimited, state } = balance
  return granted > 0 || used > 0 || held > 0 || unlimited || state === 'unknown'
}
