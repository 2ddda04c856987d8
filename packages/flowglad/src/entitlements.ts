/** Statuses of a plan that is paid, or need not be yet. */
const IN_FULL: ReadonlySet<string> = new Set([
  'active',
  'trialing',
  'credit_trial',
  'cancellation_scheduled',
])

/**
 * What a subscription's toggles are worth in its status. A plan whose period is unpaid keeps its features while it stays
 * in force, but nothing that lets usage go past the credits it has; one that is not in force has none. Flowglad sends the
 * toggles with every status, so it is decided here.
 */
export function entitlements(status: string, toggles: readonly string[]): string[] {
  if (IN_FULL.has(status)) return [...toggles]
  if (status === 'past_due') return toggles.filter((slug) => !slug.startsWith('unlimited_'))
  return []
}
