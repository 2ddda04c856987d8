import { burnDown, type BurnableGrant } from '../credits/burn-down.ts'
import type { Entry } from '../credits/post-entries.ts'
import type { InsertedEvent } from './insert-events.ts'
import { type MeterHistory, replay, withUsage } from './replay.ts'

/** An event that costs something. */
export type ChargeableEvent = InsertedEvent & { organizationId: string }

/** The grants that can pay for the usage of a meter, and its history when some of the usage is late. */
export type Funds = { grants: readonly PayingGrant[]; history: MeterHistory | null }

/** A grant that is open, or was written off; it is reduced in place, so that the next event sees what is left. */
export type PayingGrant = BurnableGrant & { writtenOff: boolean }

/**
 * Decides what pays for an event. Late usage is paid as if it had been on time, even from credits that have since been written off: an
 * entry reverses their expiry first.
 */
export function payFor(
  event: ChargeableEvent,
  { funds, now }: { funds: Funds; now: number },
): Entry[] {
  const base = {
    organizationId: event.organizationId,
    customerId: event.customerId,
    subscriptionId: event.subscriptionId,
    usageMeterId: event.usageMeterId,
    occurredAt: now,
  }
  const usage = { ...base, kind: 'usage' as const, usageEventId: event.id }
  const entries: Entry[] = []
  const take = (from: readonly PayingGrant[], due: number): number => {
    const { burns, uncovered } = burnDown(from, due)
    for (const { grantId, amount } of burns) {
      const grant = funds.grants.find(({ id }) => id === grantId)
      if (!grant) continue
      grant.remaining -= amount
      const note = 'used before it expired'
      if (grant.writtenOff) {
        entries.push({ ...base, kind: 'expiry_reversal', amount, grantId, note })
      }
      entries.push({ ...usage, amount, grantId })
    }
    return uncovered
  }
  const rest = take(sharesOf(event, funds), event.amount)
  // The rest is owed only once nothing is left.
  const owed = take(
    funds.grants.filter(({ writtenOff }) => !writtenOff),
    rest,
  )
  if (owed > 0) entries.push({ ...usage, amount: owed, grantId: null })
  return entries
}

/** How much more each grant would have paid had a late event been on time, capped at what it still has. */
function sharesOf(event: ChargeableEvent, funds: Funds): PayingGrant[] {
  if (!funds.history) return []
  const before = replay(funds.history)
  funds.history = withUsage(funds.history, event)
  const after = replay(funds.history)
  return funds.grants.map((grant) => {
    const share = (after.get(grant.id) ?? 0) - (before.get(grant.id) ?? 0)
    return { ...grant, remaining: Math.min(grant.remaining, share) }
  })
}
