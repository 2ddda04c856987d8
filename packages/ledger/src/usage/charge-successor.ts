import type { Transaction } from '@tollgate/database'
import { sql } from 'kysely'
import { typed } from '../core/typed.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
import { readOpenGrants, takeFromGrants } from '../credits/take-from-grants.ts'
import { readSuccessors, type Successor } from '../subscriptions/read-successors.ts'
import { isInForce } from '../core/subscription-row.ts'
import type { InsertedEvent } from './insert-events.ts'

/** The entry note for usage that the successor plan pays for. */
const LATE = 'late usage of the plan before'

type Meter = {
  organizationId: string
  customerId: string
  subscriptionId: string
  usageMeterId: string
}

/**
 * Charges late usage of ended subscriptions to their successors, whichever customer has them now. The old plan's own credits have paid for
 * what they covered; the rest is taken from the purchased credits that moved along. Otherwise a delayed delivery would make that usage
 * free.
 */
export async function chargeSuccessors(
  transaction: Transaction,
  late: {
    organizationId: string
    events: readonly InsertedEvent[]
    locked: ReadonlySet<string>
    now: number
  },
): Promise<void> {
  const meters = new Map<string, Meter>()
  for (const event of late.events.filter((one) => one.late && one.counted)) {
    const { customerId, subscriptionId, usageMeterId } = event
    const meter = { organizationId: late.organizationId, customerId, subscriptionId, usageMeterId }
    meters.set(`${subscriptionId} ${usageMeterId}`, meter)
  }
  const successors = await readSuccessors(transaction, {
    organizationId: late.organizationId,
    subscriptionIds: [...new Set([...meters.values()].map(({ subscriptionId }) => subscriptionId))],
  })
  for (const meter of meters.values()) {
    const successor = successors.get(meter.subscriptionId)
    if (!successor || !isInForce(successor)) continue
    if (!late.locked.has(successor.customerId)) throw new PayerNotLockedError(successor.customerId)
    const owed = await readOwed(transaction, meter)
    if (owed > 0) await take(transaction, { meter, owed, successor, now: late.now })
  }
}

/** The subscription was moved to another customer while the locks were taken: start over. */
export class PayerNotLockedError extends Error {
  override readonly name = 'PayerNotLockedError'

  constructor(customerId: string) {
    super(`Usage has to be paid by customer "${customerId}", which is not locked.`)
  }
}

/** How much of an ended subscription's late usage its moved credits still owe. */
async function readOwed(transaction: Transaction, meter: Meter): Promise<number> {
  const { organizationId, customerId, subscriptionId, usageMeterId } = meter
  const { rows } = await sql<{ owed: number }>`
    select greatest(least(paid - balance, moved) - paid, 0)::bigint as owed
    from (
      select kept.balance,
             coalesce(sum(entry.amount) filter (
               where entry.kind = 'transfer_out' and entry.credit_grant_id is not null
                 and entry.note is distinct from ${LATE}), 0) as moved,
             coalesce(sum(entry.amount) filter (
               where entry.kind = 'transfer_in' and entry.note = ${LATE}), 0) as paid
      from meter_balance kept
      left join ledger_entry entry
        on entry.organization_id = kept.organization_id and entry.customer_id = ${customerId}
       and entry.subscription_id = kept.subscription_id and entry.usage_meter_id = kept.usage_meter_id
       and entry.kind in ('transfer_out', 'transfer_in')
      where kept.organization_id = ${organizationId} and kept.subscription_id = ${subscriptionId}
        and kept.usage_meter_id = ${usageMeterId}
      group by kept.balance) balances`.execute(typed(transaction, 'read-owed-by-successor'))
  return rows[0]?.owed ?? 0
}

async function take(
  transaction: Transaction,
  taken: { meter: Meter; owed: number; successor: Successor; now: number },
): Promise<void> {
  const { meter, owed, successor, now } = taken
  const { subscriptionId, customerId } = successor
  const grants = await readOpenGrants(transaction, {
    organizationId: meter.organizationId,
    subscriptionIds: [subscriptionId],
    usageMeterIds: [meter.usageMeterId],
  })
  const paying = { ...meter, subscriptionId, customerId, occurredAt: now, note: LATE }
  const entries: Entry[] = []
  let left = owed
  // Moved credits burn first; the current plan's credits only when those are used up.
  const moved = grants.filter((grant) => grant.moved)
  const others = grants.filter((grant) => !grant.moved).toReversed()
  for (const grant of [...moved, ...others]) {
    const amount = Math.min(grant.remaining, left)
    if (amount > 0) entries.push({ ...paying, kind: 'transfer_out', amount, grantId: grant.id })
    left -= amount
  }
  if (left > 0) entries.push({ ...paying, kind: 'transfer_out', amount: left, grantId: null })
  await takeFromGrants(transaction, { organizationId: meter.organizationId, entries, now })
  await postEntries(transaction, [
    ...entries,
    { ...meter, kind: 'transfer_in', amount: owed, grantId: null, note: LATE, occurredAt: now },
  ])
}
