import { sql } from 'kysely'
import { LedgerError } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import type { LedgerEntry } from '../core/schemas/credits.ts'
import { typed } from '../core/typed.ts'

/** Reads one page of a customer's entries, newest first. */
export async function readLedgerPage(
  from: Queryable,
  page: { organizationId: string; customerId: string; cursor?: string | undefined; limit: number },
): Promise<{ data: LedgerEntry[]; hasMore: boolean; nextCursor?: string }> {
  const before = page.cursor === undefined ? null : Number(page.cursor)
  if (before !== null && !Number.isSafeInteger(before)) {
    throw new LedgerError(
      'BAD_REQUEST',
      'The cursor is invalid: use nextCursor of the previous page.',
    )
  }
  const { rows } = await sql<LedgerEntry>`
    select entry.id, entry.kind, entry.debit_account, entry.credit_account, entry.amount,
           meter.slug as usage_meter_slug, entry.subscription_id, given.name as grant_name, entry.usage_event_id,
           event.transaction_id, event.properties ->> 'operationId' as operation_id, entry.note, entry.occurred_at
    from ledger_entry entry
    join usage_meter meter
      on meter.organization_id = entry.organization_id and meter.id = entry.usage_meter_id
    left join credit_grant given
      on given.organization_id = entry.organization_id and given.customer_id = entry.customer_id
     and given.id = entry.credit_grant_id
    left join usage_event event
      on event.organization_id = entry.organization_id and event.id = entry.usage_event_id
    where entry.organization_id = ${page.organizationId} and entry.customer_id = ${page.customerId}
      and (${before}::bigint is null or entry.id < ${before})
    order by entry.id desc limit ${page.limit + 1}`.execute(typed(from, 'read-ledger-page'))
  const data = rows.slice(0, page.limit)
  const last = data.at(-1)
  const hasMore = rows.length > page.limit
  return { data, hasMore, ...(hasMore && last ? { nextCursor: String(last.id) } : {}) }
}
