import type { Entry } from '../credits/post-entries.ts'
import type { ExpiredGrant } from '../credits/read-expired-grants.ts'
import type { OpenGrant } from '../credits/take-from-grants.ts'
import type { InsertedEvent } from './insert-events.ts'

/** An event that costs something, with the books' time of when it was used. */
export type ChargeableEvent = InsertedEvent & { organizationId: string; usedAt: number }

/** What can pay; what is taken is lowered in place, so that the next event finds what is left. */
type Funds = { open: readonly OpenGrant[]; expired: readonly ExpiredGrant[]; now: number }

/**
 * Decides what pays for an event. Usage that comes late is paid as it would have been on time, also by credits that were
 * written off since: an entry reverses their expiry first.
 */
export function payFor(event: ChargeableEvent, { open, expired, now }: Funds): Entry[] {
  const base = {
    organizationId: event.organizationId,
    customerId: event.customerId,
    subscriptionId: event.subscriptionId,
    usageMeterId: event.usageMeterId,
    occurredAt: now,
  }
  const usage = { ...base, kind: 'usage' as const, usageEventId: event.id }
  const lapsed = new Set(expired.map(({ id }) => id))
  const entries: Entry[] = []
  let left = event.amount
  for (const grant of inOrder(event, [...expired, ...open])) {
    const amount = Math.min(grant.remaining, left)
    if (amount === 0) continue
    grant.remaining -= amount
    left -= amount
    if (lapsed.has(grant.id)) {
      const note = 'used before it expired'
      entries.push({ ...base, kind: 'expiry_reversal', amount, grantId: grant.id, note })
    }
    entries.push({ ...usage, amount, grantId: grant.id })
  }
  if (left > 0) entries.push({ ...usage, amount: left, grantId: null })
  return entries
}

type Grant = OpenGrant | ExpiredGrant

/**
 * What was there when something was used pays first, the soonest to expire before the rest. What came later settles what
 * was then owed, in the order in which it came.
 */
function inOrder(event: ChargeableEvent, grants: readonly Grant[]): Grant[] {
  const own = grants.filter(
    (grant) =>
      grant.subscriptionId === event.subscriptionId &&
      grant.usageMeterId === event.usageMeterId &&
      (grant.expiresAt ?? Infinity) > event.usedAt,
  )
  const wasThere = (grant: Grant) => grant.createdAt <= event.usedAt
  return [
    ...own.filter(wasThere).toSorted(bySoonestExpiry),
    ...own
      .filter((grant) => !wasThere(grant))
      .toSorted((one, other) => one.createdAt - other.createdAt),
  ]
}

function bySoonestExpiry(one: Grant, other: Grant): number {
  return (one.expiresAt ?? Infinity) - (other.expiresAt ?? Infinity) || 0
}
