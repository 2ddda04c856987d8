import { readCursor, writeCursor } from '../core/read-page.ts'
import type { Queryable } from '../core/queryable.ts'

/** A usage event as a reconciliation compares it. */
export type ListedUsage = {
  id: string
  transactionId: string
  usageMeterSlug: string
  amount: number
  usageDate: number
  subscriptionId: string
  properties: Record<string, unknown> | null
}

/** Which usage events to list: of one meter or all, used from one instant up to, not including, another. */
export type UsageQuery = {
  organizationId: string
  customerId: string
  usageMeterSlug?: string | undefined
  from?: number | undefined
  until?: number | undefined
  cursor?: string | undefined
  limit: number
}

/** Lists a customer's usage events, oldest first. Cursors name a position, so concurrent inserts shift nothing. */
export async function listUsage(
  from: Queryable,
  query: UsageQuery,
): Promise<{ data: ListedUsage[]; nextCursor?: string }> {
  const place = query.cursor === undefined ? null : readCursor(query.cursor)
  const rows = await from.query<ListedUsage>({
    name: 'list-usage',
    text: `select event.id, event.transaction_id as "transactionId", meter.slug as "usageMeterSlug", event.amount,
                  event.usage_date as "usageDate", event.subscription_id as "subscriptionId", event.properties
           from usage_event event
           join usage_meter meter
             on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id
           where event.organization_id = $1 and event.customer_id = $2
             and ($3::text is null or meter.slug = $3)
             and event.usage_date >= $4 and event.usage_date < $5
             and (event.usage_date, event.id) > ($6, $7)
           order by event.usage_date, event.id limit $8`,
    values: [
      query.organizationId,
      query.customerId,
      query.usageMeterSlug ?? null,
      query.from ?? 0,
      query.until ?? Number.MAX_SAFE_INTEGER,
      place?.createdAt ?? -1,
      place?.id ?? '',
      query.limit + 1,
    ],
  })
  const data = rows.slice(0, query.limit)
  const last = data.at(-1)
  if (rows.length <= query.limit || !last) return { data }
  return { data, nextCursor: writeCursor({ createdAt: last.usageDate, id: last.id }) }
}
