import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { type Entry, postEntries } from './post-entries.ts'

/** A grant to issue. */
export type NewGrant = {
  subscriptionId: string
  usageMeterId: string
  source: 'plan' | 'topup' | 'grant'
  name: string
  amount: number
  expiresAt: number | null
  /** Since when it could be used; since now when left out. */
  validFrom?: number
  /** The idempotency reason: the same one grants once. */
  reason: string
  /** The kind of its entry; credits moved from another subscription are not new. */
  kind?: 'grant' | 'transfer_in'
  note?: string
}

/** Grants credits, which first pay for overdrawn usage. False when the reason was granted already. */
export async function issueGrant(tx: LedgerTransaction, grant: NewGrant): Promise<boolean> {
  if (grant.amount === 0) return false
  const settled = Math.min(await readDebt(tx, grant), grant.amount)
  const grantId = tx.ledger.newId('grant')
  const remaining = grant.amount - settled
  const inserted = await insertGrant(tx, grant, { grantId, remaining })
  if (!inserted) return false
  const base = {
    organizationId: tx.organizationId,
    customerId: tx.customerId,
    subscriptionId: grant.subscriptionId,
    usageMeterId: grant.usageMeterId,
    grantId,
    occurredAt: tx.now,
    ...(grant.note === undefined ? {} : { note: grant.note }),
  }
  const entries: Entry[] = [{ ...base, kind: grant.kind ?? 'grant', amount: grant.amount }]
  if (settled > 0) entries.push({ ...base, kind: 'settlement', amount: settled })
  await postEntries(tx, entries)
  return true
}

/** By how much usage has gone past the grants of a meter. */
async function readDebt(
  tx: LedgerTransaction,
  meter: { subscriptionId: string; usageMeterId: string },
) {
  const [row] = await tx.query<{ debt: number }>({
    name: 'read-debt',
    text: `select greatest(-balance, 0) as debt from meter_balance
           where organization_id = $1 and subscription_id = $2 and usage_meter_id = $3`,
    values: [tx.organizationId, meter.subscriptionId, meter.usageMeterId],
  })
  return row?.debt ?? 0
}

async function insertGrant(
  tx: LedgerTransaction,
  grant: NewGrant,
  { grantId, remaining }: { grantId: string; remaining: number },
): Promise<boolean> {
  const rows = await tx.query({
    name: 'insert-grant',
    text: `insert into credit_grant
             (organization_id, customer_id, subscription_id, usage_meter_id, id, source, name, amount, remaining,
              expires_at, reason, depleted_at, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
           on conflict (organization_id, customer_id, reason) do nothing returning id`,
    values: [
      tx.organizationId,
      tx.customerId,
      grant.subscriptionId,
      grant.usageMeterId,
      grantId,
      grant.source,
      grant.name,
      grant.amount,
      remaining,
      grant.expiresAt,
      grant.reason,
      remaining === 0 ? tx.now : null,
      grant.validFrom ?? tx.now,
    ],
  })
  return rows.length > 0
}
