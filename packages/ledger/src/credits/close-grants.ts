import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { type EntryKind, postEntries } from './post-entries.ts'
import { typed } from '../core/typed.ts'
import type { Tables } from '../core/tables.gen.ts'

/** A grant that has just been closed. */
export type ClosedGrant = Pick<
  Selectable<Tables['creditGrant']>,
  'id' | 'usageMeterId' | 'remaining' | 'name' | 'source' | 'amount' | 'reason' | 'expiresAt'
>

/** Closes the grants that have expired at an instant and writes off what is left. Returns how many. */
export async function expireGrants(
  tx: LedgerTransaction,
  { subscriptionId, until }: { subscriptionId: string; until: number },
): Promise<number> {
  const due = sql<boolean>`expires_at <= ${until}`
  const expired = await close(tx, 'expire-grants', { subscriptionId, due, at: until })
  await writeOff(tx, { subscriptionId, grants: expired, kind: 'expiry' })
  return expired.length
}

/** Closes grants that were used up before a period began. */
export async function closeUsedUp(
  tx: LedgerTransaction,
  { subscriptionId, before }: { subscriptionId: string; before: number },
): Promise<void> {
  const due = sql<boolean>`depleted_at < ${before}`
  await close(tx, 'close-used-up-grants', { subscriptionId, due, at: before })
}

/**
 * Closes every grant of an ended subscription. Returns top-ups and manual grants, which move to the next subscription; with `keepExpiring`
 * also the plan's own credits, because the same plan continues elsewhere.
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
    const due = sql<boolean>`source = 'plan' and expires_at is not null`
    const grants = await close(tx, 'close-plan-grants', { subscriptionId, due, at: tx.now })
    await writeOff(tx, { subscriptionId, grants, kind: 'expiry', note })
  }
  const due = sql<boolean>`true`
  const kept = await close(tx, 'close-all-grants', { subscriptionId, due, at: tx.now })
  await writeOff(tx, { subscriptionId, grants: kept, kind: 'transfer_out', note })
  return kept.filter(({ remaining }) => remaining > 0)
}

async function close(
  tx: LedgerTransaction,
  name: string,
  { subscriptionId, due, at }: { subscriptionId: string; due: RawBuilder<boolean>; at: number },
): Promise<ClosedGrant[]> {
  const { rows } = await sql<ClosedGrant>`
    with due as (
      select organization_id, customer_id, id, remaining from credit_grant
      where organization_id = ${tx.organizationId} and subscription_id = ${subscriptionId}
        and closed_at is null and (${due})
    )
    update credit_grant grant_row set closed_at = ${at}, remaining = 0
    from due
    where grant_row.organization_id = due.organization_id and grant_row.customer_id = due.customer_id
      and grant_row.id = due.id
    returning grant_row.id, grant_row.usage_meter_id, due.remaining, grant_row.name, grant_row.source,
              grant_row.amount, grant_row.reason, grant_row.expires_at`.execute(typed(tx, name))
  return rows
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
