/** The fields of a grant that determine the burn-down order. */
export type BurnableGrant = { id: string; remaining: number; expiresAt: number | null }

/** The amounts to burn from grants, and the amount that no grant covers. */
export type BurnDown = { burns: { grantId: string; amount: number }[]; uncovered: number }

/** Decides which grants pay for an amount: the soonest expiry first, without expiry last. Pure. */
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
