import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { type EntryKind, postEntries } from './post-entries.ts'

/** A grant that was open until now. */
export type ClosedGrant = {
  id: string
  usageMeterId: string
  remaining: number
  name: string
  source: 'plan' | 'topup' | 'grant'
  amount: number
  reason: string
  expiresAt: number | null
}

/** Closes grants that have expired at an instant and writes off the rest. Returns how many. */
export async function expireGrants(
  tx: LedgerTransaction,
  { subscriptionId, until }: { subscriptionId: string; until: number },
): Promise<number> {
  const expired = await tx.query<ClosedGrant>({
    name: 'expire-grants',
    text: closing('expires_at <= $3'),
    values: [tx.organizationId, subscriptionId, until],
  })
  await writeOff(tx, { subscriptionId, grants: expired, kind: 'expiry' })
  return expired.length
}

/** Closes grants that were used up before a period began. */
export async function closeUsedUp(
  tx: LedgerTransaction,
  { subscriptionId, before }: { subscriptionId: string; before: number },
): Promise<void> {
  await tx.query({
    name: 'close-used-up-grants',
    text: closing('depleted_at < $3'),
    values: [tx.organizationId, subscriptionId, before],
  })
}

/**
 * Ends every grant of a subscription that has ended. What was bought or given beside the plan is handed back, to be
 * moved on; with `keepExpiring` the plan's own credits are, too, because the same plan goes on elsewhere.
 */
export async function closeAllGrants(
  tx: LedgerTransaction,
  {
    subscriptionId,
    note,
    keepExpiring,
  }: { subscriptionId: string; note: string; keepExpiring: boolean },
): Promise<ClosedGrant[]> {
  if (!keepExpiring) {
    const expiring = await tx.query<ClosedGrant>({
      text: closing(`source = 'plan' and expires_at is not null and $3::bigint is not null`),
      values: [tx.organizationId, subscriptionId, tx.now],
    })
    await writeOff(tx, { subscriptionId, grants: expiring, kind: 'expiry', note })
  }
  const kept = await tx.query<ClosedGrant>({
    text: closing('$3::bigint is not null'),
    values: [tx.organizationId, subscriptionId, tx.now],
  })
  await writeOff(tx, { subscriptionId, grants: kept, kind: 'transfer_out', note })
  return kept.filter(({ remaining }) => remaining > 0)
}

function closing(condition: string): string {
  return `with due as (
            select organization_id, customer_id, id, remaining from credit_grant
            where organization_id = $1 and subscription_id = $2 and closed_at is null and (${condition})
          )
          update credit_grant grant_row set closed_at = $3, remaining = 0
          from due
          where grant_row.organization_id = due.organization_id and grant_row.customer_id = due.customer_id
            and grant_row.id = due.id
          returning grant_row.id, grant_row.usage_meter_id as "usageMeterId", due.remaining,
                    grant_row.name, grant_row.source, grant_row.amount, grant_row.reason,
                    grant_row.expires_at as "expiresAt"`
}

async function writeOff(
  tx: LedgerTransaction,
  closed: { subscriptionId: string; grants: ClosedGrant[]; kind: EntryKind; note?: string },
): Promise<void> {
  await postEntries(
    tx,
    closed.grants
      .filter(({ remaining }) => remaining > 0)
      .map((grant) => ({
        organizationId: tx.organizationId,
        customerId: tx.customerId,
        subscriptionId: closed.subscriptionId,
        usageMeterId: grant.usageMeterId,
        kind: closed.kind,
        amount: grant.remaining,
        grantId: grant.id,
        occurredAt: tx.now,
        ...(closed.note === undefined ? {} : { note: closed.note }),
      })),
  )
}
