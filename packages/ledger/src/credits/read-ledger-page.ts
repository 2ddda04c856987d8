import { LedgerError } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import type { LedgerEntry } from '../core/schemas/credits.ts'

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
  const rows = await from.query<LedgerEntry>({
    name: 'read-ledger-page',
    text: `select entry.id, entry.kind, entry.debit_account as "debitAccount",
                  entry.credit_account as "creditAccount", entry.amount, meter.slug as "usageMeterSlug",
                  entry.subscription_id as "subscriptionId", given.name as "grantName",
                  entry.usage_event_id as "usageEventId", event.transaction_id as "transactionId",
                  event.properties ->> 'operationId' as "operationId", entry.note,
                  entry.occurred_at as "occurredAt"
           from ledger_entry entry
           join usage_meter meter
             on meter.organization_id = entry.organization_id and meter.id = entry.usage_meter_id
           left join credit_grant given
             on given.organization_id = entry.organization_id and given.customer_id = entry.customer_id
            and given.id = entry.credit_grant_id
           left join usage_event event
             on event.organization_id = entry.organization_id and event.id = entry.usage_event_id
           where entry.organization_id = $1 and entry.customer_id = $2 and ($3::bigint is null or entry.id < $3)
           order by entry.id desc limit $4`,
    values: [page.organizationId, page.customerId, before, page.limit + 1],
  })
  const data = rows.slice(0, page.limit)
  const last = data.at(-1)
  const hasMore = rows.length > page.limit
  return { data, hasMore, ...(hasMore && last ? { nextCursor: String(last.id) } : {}) }
}
