import type { LedgerEntry } from '../core/schemas/credits.ts'

/** How an entry changes the balance: a settlement moves credits from a new grant to a debt, which leaves the balance unchanged. */
export function balanceChange({ amount, creditAccount, debitAccount }: LedgerEntry): number {
  if (creditAccount === debitAccount) return 0
  return creditAccount === 'credits' ? amount : -amount
}
