import type { Queryable } from '../core/queryable.ts'

/** What a ledger entry records. */
export type EntryKind =
  | 'grant'
  | 'usage'
  | 'expiry'
  | 'expiry_reversal'
  | 'revocation'
  | 'reversal'
  | 'transfer_in'
  | 'transfer_out'
  | 'settlement'

/** One movement between two accounts of a subscription's meter. */
export type Entry = {
  organizationId: string
  customerId: string
  subscriptionId: string
  usageMeterId: string
  kind: EntryKind
  amount: number
  grantId: string | null
  usageEventId?: string
  note?: string
  occurredAt: number
}

/** Which account pays and which receives, for every kind; the table checks the same. */
const ACCOUNTS = {
  grant: ['issued', 'credits'],
  usage: ['credits', 'used'],
  reversal: ['used', 'credits'],
  expiry: ['credits', 'expired'],
  expiry_reversal: ['expired', 'credits'],
  revocation: ['credits', 'revoked'],
  transfer_out: ['credits', 'moved'],
  transfer_in: ['moved', 'credits'],
  settlement: ['credits', 'credits'],
} as const satisfies Record<EntryKind, readonly [string, string]>

/** Posts ledger entries; the database keeps the balances in step. */
export async function postEntries(to: Queryable, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  await to.query({
    name: 'post-entries',
    text: `insert into ledger_entry
             (organization_id, customer_id, subscription_id, usage_meter_id, kind, debit_account, credit_account,
              amount, credit_grant_id, usage_event_id, note, occurred_at)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                                $8::bigint[], $9::text[], $10::text[], $11::text[], $12::bigint[])`,
    values: [
      entries.map((entry) => entry.organizationId),
      entries.map((entry) => entry.customerId),
      entries.map((entry) => entry.subscriptionId),
      entries.map((entry) => entry.usageMeterId),
      entries.map((entry) => entry.kind),
      entries.map((entry) => ACCOUNTS[entry.kind][0]),
      entries.map((entry) => ACCOUNTS[entry.kind][1]),
      entries.map((entry) => entry.amount),
      entries.map((entry) => entry.grantId),
      entries.map((entry) => entry.usageEventId ?? null),
      entries.map((entry) => entry.note ?? null),
      entries.map((entry) => entry.occurredAt),
    ],
  })
}
