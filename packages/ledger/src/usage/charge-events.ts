import type { Transaction } from '@tollgate/database'
import { type BurnableGrant, burnDown } from '../credits/burn-down.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
import type { InsertedEvent } from './insert-events.ts'

type OpenGrant = BurnableGrant & { subscriptionId: string; usageMeterId: string }

/** Takes what new events cost from their subscriptions' grants, and books it. */
export async function chargeEvents(
  transaction: Transaction,
  charge: { organizationId: string; events: readonly InsertedEvent[]; now: number },
): Promise<void> {
  const { organizationId, now } = charge
  const events = charge.events.filter(({ counted }) => counted)
  if (events.length === 0) return
  const grants = await readOpenGrants(transaction, { organizationId, events })
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

function readOpenGrants(
  transaction: Transaction,
  { organizationId, events }: { organizationId: string; events: readonly InsertedEvent[] },
): Promise<OpenGrant[]> {
  return transaction.query<OpenGrant>({
    name: 'read-open-grants',
    text: `select id, subscription_id as "subscriptionId", usage_meter_id as "usageMeterId", remaining,
                  expires_at as "expiresAt"
           from credit_grant
           where organization_id = $1 and subscription_id = any($2) and usage_meter_id = any($3)
             and closed_at is null and remaining > 0
           order by expires_at nulls last, created_at, id`,
    values: [
      organizationId,
      [...new Set(events.map(({ subscriptionId }) => subscriptionId))],
      [...new Set(events.map(({ usageMeterId }) => usageMeterId))],
    ],
  })
}

async function takeFromGrants(
  transaction: Transaction,
  taken: { organizationId: string; entries: readonly Entry[]; now: number },
): Promise<void> {
  const byGrant = new Map<string, { customerId: string; amount: number }>()
  for (const { grantId, customerId, amount } of taken.entries) {
    if (grantId === null) continue
    byGrant.set(grantId, { customerId, amount: (byGrant.get(grantId)?.amount ?? 0) + amount })
  }
  const grants = [...byGrant]
  if (grants.length === 0) return
  await transaction.query({
    name: 'take-from-grants',
    text: `update credit_grant grant_row
           set remaining = grant_row.remaining - taken.amount,
               depleted_at = case when grant_row.remaining = taken.amount then $5::bigint end
           from unnest($2::text[], $3::text[], $4::bigint[]) as taken(id, customer_id, amount)
           where grant_row.organization_id = $1 and grant_row.customer_id = taken.customer_id
             and grant_row.id = taken.id`,
    values: [
      taken.organizationId,
      grants.map(([id]) => id),
      grants.map(([, { customerId }]) => customerId),
      grants.map(([, { amount }]) => amount),
      taken.now,
    ],
  })
}
