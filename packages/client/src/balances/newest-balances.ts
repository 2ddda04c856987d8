import type { Balance, BalanceUpdate } from '@tollgate/contract'

/** Merges updates into known balances; an older version never replaces a newer one. */
export function applyUpdates<Known extends Balance>(
  balances: readonly Known[],
  updates: readonly BalanceUpdate[],
): Known[] {
  return balances.map((balance) =>
    updates.reduce<Known>((current, update) => {
      if (update.meter !== current.meter || update.version <= current.version) return current
      return { ...current, ...update, unlimited: update.state === 'unlimited' }
    }, balance),
  )
}

/** Takes freshly read balances, except where a known one is newer. */
export function newestBalances(known: readonly Balance[], read: readonly Balance[]): Balance[] {
  return read.map((fresh) => {
    const current = known.find(({ meter }) => meter === fresh.meter)
    return current && current.version > fresh.version ? current : fresh
  })
}
