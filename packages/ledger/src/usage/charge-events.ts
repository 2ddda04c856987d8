import type { Transaction } from '@tollgate/database'
import { grantUnlimited } from '../credits/grant-unlimited.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
import { readExpiredGrants } from '../credits/read-expired-grants.ts'
import { readOpenGrants, takeFromGrants } from '../credits/take-from-grants.ts'
import type { Ledger } from '../ledger.ts'
import type { InsertedEvent } from './insert-events.ts'
import { type ChargeableEvent, payFor } from './pay-for.ts'

type Charge = { ledger: Ledger; organizationId: string; now: number }

/** Takes what new events cost from their subscriptions' grants, and books it. */
export async function chargeEvents(
  transaction: Transaction,
  { events, ...charge }: Charge & { events: readonly InsertedEvent[] },
): Promise<void> {
  const { ledger, organizationId, now } = charge
  const counted = events
    .filter((event) => event.counted)
    // Nothing was used later than now: what says so has another clock, or none.
    .map((event) => ({
      ...event,
      organizationId,
      usedAt: Math.min(ledger.clock.at(event.usageDate), now),
    }))
  const unlimited = counted.filter(isUnlimited)
  const limited = counted.filter((event) => !isUnlimited(event))
  const entries = [
    ...(await coverUnlimited(transaction, charge, unlimited)),
    ...(await payLimited(transaction, charge, limited)),
  ]
  await postEntries(transaction, entries)
}

/** Whether the limit was lifted when something was used; an unpaid plan lifts none for its unpaid period. */
function isUnlimited(event: ChargeableEvent): boolean {
  if (event.status === 'past_due' && event.usedAt >= event.periodStart) return false
  return event.unlimitedUntil !== null && event.unlimitedUntil > event.usedAt
}

async function payLimited(
  transaction: Transaction,
  { organizationId, now }: Charge,
  events: readonly ChargeableEvent[],
): Promise<Entry[]> {
  if (events.length === 0) return []
  const key = {
    organizationId,
    subscriptionIds: [...new Set(events.map(({ subscriptionId }) => subscriptionId))],
    usageMeterIds: [...new Set(events.map(({ usageMeterId }) => usageMeterId))],
  }
  const open = await readOpenGrants(transaction, key)
  const late = events.filter(({ lapsedUntil, usedAt }) => (lapsedUntil ?? 0) > usedAt)
  const goodAt = Math.min(...late.map(({ usedAt }) => usedAt))
  const expired = late.length > 0 ? await readExpiredGrants(transaction, { ...key, goodAt }) : []
  const entries = events.flatMap((event) => payFor(event, { open, expired, now }))
  const openIds = new Set(open.map(({ id }) => id))
  const taken = entries.filter(({ grantId }) => grantId !== null && openIds.has(grantId))
  await takeFromGrants(transaction, { organizationId, entries: taken, now })
  return entries
}

/** One grant per meter and period covers all of its unlimited usage; the events then take exactly that. */
async function coverUnlimited(
  transaction: Transaction,
  { ledger, organizationId, now }: Charge,
  events: readonly ChargeableEvent[],
): Promise<Entry[]> {
  const entries: Entry[] = []
  const groups = new Map<string, ChargeableEvent[]>()
  for (const event of events) {
    const key = `${event.subscriptionId} ${event.usageMeterId}`
    groups.set(key, [...(groups.get(key) ?? []), event])
  }
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const amount = group.reduce((sum, event) => sum + event.amount, 0)
    const use = { ...first, name: first.unlimitedBy ?? 'Unlimited', amount }
    const grantId = await grantUnlimited(transaction, use, { grantId: ledger.newId('grant'), now })
    for (const { id, customerId, subscriptionId, usageMeterId, amount: used } of group) {
      const event = { organizationId, customerId, subscriptionId, usageMeterId }
      entries.push({
        ...event,
        kind: 'usage',
        amount: used,
        grantId,
        usageEventId: id,
        occurredAt: now,
      })
    }
  }
  return entries
}
