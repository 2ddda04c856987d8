import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { type Entry, postEntries } from './post-entries.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** A grant to issue. */
export type NewGrant = {
  subscriptionId: string
  usageMeterId: string
  source: 'plan' | 'topup' | 'grant'
  name: string
  amount: number
  expiresAt: number | null
  /** When it became usable; by default now. */
  validFrom?: number
  /** The idempotency reason: the same one grants once. */
  reason: string
  /** The kind of its entry; credits moved from another subscription are not newly issued. */
  kind?: 'grant' | 'transfer_in'
  note?: string
}

/** Grants credits, which first cover overdrawn usage. False when the reason was already granted. */
export async function issueGrant(tx: LedgerTransaction, grant: NewGrant): Promise<boolean> {
  const { subscriptionId, usageMeterId } = grant
  if (grant.amount === 0) return false
  const settled = Math.min(await readDebt(tx, { subscriptionId, usageMeterId }), grant.amount)
  const grantId = tx.ledger.newId('grant')
  const remaining = grant.amount - settled
  const inserted = await insertGrant(tx, grant, { grantId, remaining })
  if (!inserted) return false
  const base = {
    ...scopeOf(tx),
    subscriptionId,
    usageMeterId,
    grantId,
    occurredAt: tx.now,
    ...(grant.note === undefined ? {} : { note: grant.note }),
  }
  const entries: Entry[] = [{ ...base, kind: grant.kind ?? 'grant', amount: grant.amount }]
  if (settled > 0) entries.push({ ...base, kind: 'settlement', amount: settled })
  await postEntries(tx, entries)
  return true
}

/** The overdrawn amount of a meter. */
async function readDebt(
  tx: LedgerTransaction,
  meter: { subscriptionId: string; usageMeterId: string },
) {
  const row = await typed(tx, 'read-debt')
    .selectFrom('meterBalance')
    .select('balance')
    .where(({ and }) => and({ organizationId: tx.organizationId, ...meter }))
    .executeTakeFirst()
  return Math.max(-(row?.balance ?? 0), 0)
}

async function insertGrant(
  tx: LedgerTransaction,
  grant: NewGrant,
  { grantId, remaining }: { grantId: string; remaining: number },
): Promise<boolean> {
  const inserted = await typed(tx, 'insert-grant')
    .insertInto('creditGrant')
    .values({
      ...scopeOf(tx),
      subscriptionId: grant.subscriptionId,
      usageMeterId: grant.usageMeterId,
      id: grantId,
      source: grant.source,
      name: grant.name,
      amount: grant.amount,
      remaining,
      expiresAt: grant.expiresAt,
      reason: grant.reason,
      depletedAt: remaining === 0 ? tx.now : null,
      createdAt: grant.validFrom ?? tx.now,
    })
    .onConflict((granted) =>
      granted.columns(['organizationId', 'customerId', 'reason']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}
