import type { Balance } from '@tollgate/contract'

/** Whether a plan or top-up ever granted this customer credits of a meter; otherwise it is not included, rather than used up. */
export function isIncluded(balance: Balance): boolean {
  const { granted, used, held, unlimited, state } = balance
  return granted > 0 || used > 0 || held > 0 || unlimited || state === 'unknown'
}
