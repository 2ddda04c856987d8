import type { Books } from '../core/books.ts'
import { type Entry, postEntries } from './post-entries.ts'

/** Credits to give. */
export type NewGrant = {
  subscriptionId: string
  usageMeterId: string
  source: 'plan' | 'topup' | 'grant'
  name: string
  amount: number
  expiresAt: number | null
  /** Since when it could be used; since now when left out. */
  validFrom?: number
  /** Why; the same reason grants once, however often it is asked. */
  reason: string
  /** What the books call it; credits moved from another subscription are not new. */
  kind?: 'grant' | 'transfer_in'
  note?: string
}

/** Gives credits and lets them first pay for usage that had gone past the old ones. False when the reason had its grant. */
export async function issueGrant(books: Books, grant: NewGrant): Promise<boolean> {
  if (grant.amount === 0) return false
  const settled = Math.min(await readDebt(books, grant), grant.amount)
  const grantId = books.ledger.newId('grant')
  const remaining = grant.amount - settled
  const inserted = await insertGrant(books, grant, { grantId, remaining })
  if (!inserted) return false
  const base = {
    organizationId: books.organizationId,
    customerId: books.customerId,
    subscriptionId: grant.subscriptionId,
    usageMeterId: grant.usageMeterId,
    grantId,
    occurredAt: books.now,
    ...(grant.note === undefined ? {} : { note: grant.note }),
  }
  const entries: Entry[] = [{ ...base, kind: grant.kind ?? 'grant', amount: grant.amount }]
  if (settled > 0) entries.push({ ...base, kind: 'settlement', amount: settled })
  await postEntries(books.transaction, entries)
  return true
}

/** By how much usage has gone past the grants of a meter. */
async function readDebt(books: Books, meter: { subscriptionId: string; usageMeterId: string }) {
  const [row] = await books.transaction.query<{ debt: number }>({
    name: 'read-debt',
    text: `select greatest(-balance, 0) as debt from meter_balance
           where organization_id = $1 and subscription_id = $2 and usage_meter_id = $3`,
    values: [books.organizationId, meter.subscriptionId, meter.usageMeterId],
  })
  return row?.debt ?? 0
}

async function insertGrant(
  books: Books,
  grant: NewGrant,
  { grantId, remaining }: { grantId: string; remaining: number },
): Promise<boolean> {
  const rows = await books.transaction.query({
    name: 'insert-grant',
    text: `insert into credit_grant
             (organization_id, customer_id, subscription_id, usage_meter_id, id, source, name, amount, remaining,
              expires_at, reason, depleted_at, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
           on conflict (organization_id, customer_id, reason) do nothing returning id`,
    values: [
      books.organizationId,
      books.customerId,
      grant.subscriptionId,
      grant.usageMeterId,
      grantId,
      grant.source,
      grant.name,
      grant.amount,
      remaining,
      grant.expiresAt,
      grant.reason,
      remaining === 0 ? books.now : null,
      grant.validFrom ?? books.now,
    ],
  })
  return rows.length > 0
}
