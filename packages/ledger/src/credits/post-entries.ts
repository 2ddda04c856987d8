import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'
import type { Tables } from '../core/tables.gen.ts'

/** What a ledger entry records. */
export type EntryKind = Tables['ledgerEntry']['kind']

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

/** The debit and credit accounts of every kind; a table constraint checks the same. */
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

/** Posts ledger entries; a trigger updates the balances. */
export async function postEntries(to: Queryable, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  const column = (name: Exclude<keyof Entry, 'usageEventId' | 'note'>) =>
    entries.map((entry) => entry[name])
  await sql`
    insert into ledger_entry
      (organization_id, customer_id, subscription_id, usage_meter_id, kind, debit_account, credit_account,
       amount, credit_grant_id, usage_event_id, note, occurred_at)
    select * from unnest(
      ${column('organizationId')}::text[], ${column('customerId')}::text[], ${column('subscriptionId')}::text[],
      ${column('usageMeterId')}::text[], ${column('kind')}::text[],
      ${entries.map(({ kind }) => ACCOUNTS[kind][0])}::text[],
      ${entries.map(({ kind }) => ACCOUNTS[kind][1])}::text[],
      ${column('amount')}::bigint[], ${column('grantId')}::text[],
      ${entries.map(({ usageEventId }) => usageEventId ?? null)}::text[],
      ${entries.map(({ note }) => note ?? null)}::text[], ${column('occurredAt')}::bigint[])`.execute(
    typed(to, 'post-entries'),
  )
}
