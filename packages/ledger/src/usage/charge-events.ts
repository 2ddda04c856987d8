import type { Transaction } from '@tollgate/database'
import { grantUnlimited } from '../credits/grant-unlimited.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
import { readExpiredGrants } from '../credits/read-expired-grants.ts'
import { readOpenGrants, takeFromGrants } from '../credits/take-from-grants.ts'
import type { Ledger } from '../ledger.ts'
import { type ChargeableEvent, payFor } from './pay-for.ts'
import type { InsertedEvent } from './insert-events.ts'
import { findUnlimited, readUnlimited, type UnlimitedToggle } from './read-unlimited.ts'

type Charge = { ledger: Ledger; organizationId: string; now: number }

/** Takes what new events cost from their subscriptions' grants, and books it. */
export async function chargeEvents(
  transaction: Transaction,
  { events, ...charge }: Charge & { events: readonly InsertedEvent[] },
): Promise<void> {
  const { ledger, organizationId, now } = charge
  const counted = events
    .filter((event) => event.counted)
    .map((event) => ({ ...event, organizationId, usedAt: ledger.clock.at(event.usageDate) }))
  if (counted.length === 0) return
  const subscriptionIds = [...new Set(counted.map(({ subscriptionId }) => subscriptionId))]
  const usageMeterIds = [...new Set(counted.map(({ usageMeterId }) => usageMeterId))]
  const toggles = await readUnlimited(transaction, { organizationId, subscriptionIds })
  const unlimited = counted.filter((event) => findUnlimited(toggles, event))
  const limited = counted.filter((event) => !findUnlimited(toggles, event))
  const entries = await coverUnlimited(transaction, charge, { events: unlimited, toggles })
  if (limited.length > 0) {
    const key = { organizationId, subscriptionIds, usageMeterIds }
    const open = await readOpenGrants(transaction, key)
    const goodAt = Math.min(...limited.map(({ usedAt }) => usedAt))
    const expired = await readExpiredGrants(transaction, { ...key, goodAt })
    const taken = limited.flatMap((event) => payFor(event, { open, expired, now }))
    const openIds = new Set(open.map(({ id }) => id))
    await takeFromGrants(transaction, {
      organizationId,
      entries: taken.filter(({ grantId }) => grantId !== null && openIds.has(grantId)),
      now,
    })
    entries.push(...taken)
  }
  await postEntries(transaction, entries)
}

/** One grant per meter and period covers all of its unlimited usage; the events then take exactly that. */
async function coverUnlimited(
  transaction: Transaction,
  { ledger, organizationId, now }: Charge,
  { events, toggles }: { events: readonly ChargeableEvent[]; toggles: readonly UnlimitedToggle[] },
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
    const use = {
      ...first,
      organizationId,
      name: findUnlimited(toggles, first)?.name ?? 'Unlimited',
      amount: group.reduce((sum, { amount }) => sum + amount, 0),
    }
    const grantId = await grantUnlimited(transaction, use, {
      grantId: ledger.newId('grant'),
      now,
    })
    for (const { id, customerId, subscriptionId, usageMeterId, amount } of group) {
      const event = { organizationId, customerId, subscriptionId, usageMeterId }
      entries.push({ ...event, kind: 'usage', amount, grantId, usageEventId: id, occurredAt: now })
    }
  }
  return entries
}
