/** What burning needs to know of a grant. */
export type BurnableGrant = { id: string; remaining: number; expiresAt: number | null }

/** What one usage takes: from which grants how much, and how much no grant covered. */
export type BurnDown = { burns: { grantId: string; amount: number }[]; uncovered: number }

/** Decides which grants pay for an amount: what expires soonest first, what never expires last. Pure. */
export function burnDown(grants: readonly BurnableGrant[], amount: number): BurnDown {
  const burns: BurnDown['burns'] = []
  let uncovered = amount
  for (const grant of grants.toSorted(bySoonestExpiry)) {
    if (uncovered === 0) break
    const taken = Math.min(grant.remaining, uncovered)
    if (taken === 0) continue
    burns.push({ grantId: grant.id, amount: taken })
    uncovered -= taken
  }
  return { burns, uncovered }
}

function bySoonestExpiry(left: BurnableGrant, right: BurnableGrant): number {
  return (left.expiresAt ?? Infinity) - (right.expiresAt ?? Infinity) || 0
}
