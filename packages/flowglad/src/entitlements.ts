/** Statuses of a plan that is paid for, or that does not have to be yet. */
const IN_FULL: ReadonlySet<string> = new Set([
  'active',
  'trialing',
  'credit_trial',
  'cancellation_scheduled',
])

/**
 * Which toggles of a subscription apply in its status. A plan whose period is unpaid keeps its features while it stays in force, except
 * those that lift a credit limit; one that is not in force has none. Flowglad sends the toggles with every status, so this is decided here.
 */
export function entitlements(status: string, toggles: readonly string[]): string[] {
  if (IN_FULL.has(status)) return [...toggles]
  if (status === 'past_due') return toggles.filter((slug) => !slug.startsWith('unlimited_'))
  return []
}
