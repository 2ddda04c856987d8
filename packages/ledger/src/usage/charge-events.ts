import type { Transaction } from '@tollgate/database'
import { burnDown } from '../credits/burn-down.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
import { readOpenGrants, takeFromGrants } from '../credits/take-from-grants.ts'
import type { InsertedEvent } from './insert-events.ts'

/** Takes what new events cost from their subscriptions' grants, and books it. */
export async function chargeEvents(
  transaction: Transaction,
  charge: { organizationId: string; events: readonly InsertedEvent[]; now: number },
): Promise<void> {
  const { organizationId, now } = charge
  const events = charge.events.filter(({ counted }) => counted)
  if (events.length === 0) return
  const grants = await readOpenGrants(transaction, {
    organizationId,
    subscriptionIds: [...new Set(events.map(({ subscriptionId }) => subscriptionId))],
    usageMeterIds: [...new Set(events.map(({ usageMeterId }) => usageMeterId))],
  })
  const entries: Entry[] = []
  for (const event of events) {
    const own = grants.filter(
      (grant) =>
        grant.subscriptionId === event.subscriptionId && grant.usageMeterId === event.usageMeterId,
    )
    const { burns, uncovered } = burnDown(own, event.amount)
    const base = {
      organizationId,
      customerId: event.customerId,
      subscriptionId: event.subscriptionId,
      usageMeterId: event.usageMeterId,
      kind: 'usage' as const,
      usageEventId: event.id,
      occurredAt: now,
    }
    for (const { grantId, amount } of burns) {
      const grant = own.find(({ id }) => id === grantId)
      if (grant) grant.remaining -= amount
      entries.push({ ...base, amount, grantId })
    }
    if (uncovered > 0) entries.push({ ...base, amount: uncovered, grantId: null })
  }
  await takeFromGrants(transaction, { organizationId, entries, now })
  await postEntries(transaction, entries)
}
