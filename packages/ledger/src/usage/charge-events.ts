import type { Transaction } from '@tollgate/database'
import { grantUnlimited } from '../credits/grant-unlimited.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
import { type OpenGrant, readOpenGrants, takeFromGrants } from '../credits/take-from-grants.ts'
import type { Ledger } from '../core/ledger.ts'
import type { InsertedEvent } from './insert-events.ts'
import { type ChargeableEvent, type Funds, payFor } from './pay-for.ts'
import { meterKey, readMeterHistories } from './read-meter-histories.ts'

type Charge = { ledger: Ledger; organizationId: string; now: number }

/** Charges new events to their subscriptions' grants. */
export async function chargeEvents(
  transaction: Transaction,
  { events, ...charge }: Charge & { events: readonly InsertedEvent[] },
): Promise<void> {
  const { organizationId } = charge
  const counted = events
    .filter((event) => event.counted)
    .map((event) => ({ ...event, organizationId }))
  const unlimited = counted.filter(isUnlimited)
  const limited = counted.filter((event) => !isUnlimited(event))
  // Limited usage first: covering unlimited usage posts its grants before the usage itself.
  const paid = await payLimited(transaction, charge, limited)
  const covered = await coverUnlimited(transaction, charge, unlimited)
  await postEntries(transaction, [...paid, ...covered])
}

/** Whether the limit was lifted at the time of use; an unpaid plan lifts none in its unpaid period. */
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
  const funds = await readFunds(transaction, { organizationId, events, open })
  const entries = events.flatMap((event) => {
    const own = funds.get(meterKey(event))
    return own ? payFor(event, { funds: own, now }) : []
  })
  const openIds = new Set(open.map(({ id }) => id))
  const taken = entries.filter(({ grantId }) => grantId !== null && openIds.has(grantId))
  await takeFromGrants(transaction, { organizationId, entries: taken, now })
  return entries
}

/** Histories are read only for meters with a late event. */
async function readFunds(
  transaction: Transaction,
  paid: { organizationId: string; events: readonly ChargeableEvent[]; open: readonly OpenGrant[] },
): Promise<Map<string, Funds>> {
  const { organizationId, events, open } = paid
  const funds = new Map<string, Funds>()
  for (const event of events) {
    const key = meterKey(event)
    if (funds.has(key)) continue
    const own = open.filter((grant) => meterKey(grant) === key)
    funds.set(key, { grants: own.map((grant) => ({ ...grant, writtenOff: false })), history: null })
  }
  const late = events.filter((event) => isLate(event, open))
  if (late.length === 0) return funds
  const histories = await readMeterHistories(transaction, { organizationId, events: late })
  return new Map([...funds, ...histories])
}

/** Whether a grant that was valid for the event has since expired, or one that was not valid yet has been added. */
function isLate(event: ChargeableEvent, open: readonly OpenGrant[]): boolean {
  if (event.expiredUntil !== null && event.expiredUntil > event.usedAt) return true
  return open.some((grant) => meterKey(grant) === meterKey(event) && grant.createdAt > event.usedAt)
}

/** One grant per meter and period covers all of its unlimited usage; the events then take exactly that amount. */
async function coverUnlimited(
  transaction: Transaction,
  { ledger, organizationId, now }: Charge,
  events: readonly ChargeableEvent[],
): Promise<Entry[]> {
  const entries: Entry[] = []
  const groups = new Map<string, ChargeableEvent[]>()
  for (const event of events) {
    const key = meterKey(event)
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
