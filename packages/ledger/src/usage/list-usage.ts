import { sql } from 'kysely'
import { readCursor, writeCursor } from '../core/read-page.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** Which usage events to list: of one meter or all, from one instant up to, not including, another. */
export type UsageQuery = {
  organizationId: string
  customerId: string
  usageMeterSlug?: string | undefined
  from?: number | undefined
  until?: number | undefined
  cursor?: string | undefined
  limit: number
}

/** Lists a customer's usage events, oldest first. A cursor is a position, so concurrent inserts do not shift pages. */
export async function listUsage(from: Queryable, query: UsageQuery) {
  const place = query.cursor === undefined ? null : readCursor(query.cursor)
  const rows = await typed(from)
    .selectFrom(['usageEvent as event', 'usageMeter as meter'])
    .whereRef('meter.organizationId', '=', 'event.organizationId')
    .whereRef('meter.id', '=', 'event.usageMeterId')
    .select(['event.id', 'event.transactionId', 'meter.slug as usageMeterSlug', 'event.amount'])
    .select(['event.usageDate', 'event.subscriptionId', 'event.properties'])
    .where(({ and }) =>
      and({ 'event.organizationId': query.organizationId, 'event.customerId': query.customerId }),
    )
    .$if(query.usageMeterSlug !== undefined, (all) =>
      all.where('meter.slug', '=', query.usageMeterSlug ?? ''),
    )
    .where('event.usageDate', '>=', query.from ?? 0)
    .where('event.usageDate', '<', query.until ?? Number.MAX_SAFE_INTEGER)
    .where(
      sql<boolean>`(event.usage_date, event.id) > (${place?.createdAt ?? -1}, ${place?.id ?? ''})`,
    )
    .orderBy('event.usageDate')
    .orderBy('event.id')
    .limit(query.limit + 1)
    .execute()
  const data = rows.slice(0, query.limit)
  const last = data.at(-1)
  if (rows.length <= query.limit || !last) return { data }
  return { data, nextCursor: writeCursor({ createdAt: last.usageDate, id: last.id }) }
}
