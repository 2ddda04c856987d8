import type { ActivityItem, ActivityStatus, CustomerId } from '@tollgate/contract'
import { isUuid } from '../keys/is-uuid.ts'
import type { ActivityPage } from '../metering.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { type ActivityRow, readActivity } from '../store/read-activity.ts'

/** More than a screen shows; a larger page is asked for in pieces. */
const PAGE_MAX = 100

/** One page of a customer's own ledger, newest first; an unknown cursor begins at the newest. */
export async function readActivityPage(
  database: MeteringDatabase,
  customerId: CustomerId,
  page: { limit: number; cursor?: string },
): Promise<ActivityPage> {
  const limit = Math.min(PAGE_MAX, Math.max(1, Math.trunc(page.limit) || 1))
  const rows = await readActivity(database, {
    customerId,
    // One operation more than asked for shows whether there is a next page.
    limit: limit + 1,
    before: readCursor(page.cursor),
  })
  const operations = [...new Set(rows.map((row) => row.operationId))]
  const shown = new Set(operations.slice(0, limit))
  const items = rows.filter((row) => shown.has(row.operationId))
  const last = items.at(-1)
  const hasMore = operations.length > limit && last
  return { items: items.map(toItem), nextCursor: hasMore ? writeCursor(last) : null }
}

const STATUS = {
  held: 'held',
  charged: 'charged',
  released: 'released',
} as const satisfies Record<ActivityRow['state'], ActivityStatus>

function toItem(row: ActivityRow): ActivityItem {
  return {
    operationId: row.operationId,
    procedure: row.procedure,
    meter: row.meter,
    status: STATUS[row.state],
    amount: row.state === 'held' ? row.held : (row.charged ?? 0),
    balanceAfter: row.balanceAfter,
    startedAt: new Date(row.startedAt).toISOString(),
    endedAt: row.endedAt === null ? null : new Date(row.endedAt).toISOString(),
  }
}

/** Microseconds count, so the instant travels as the database wrote it. */
function writeCursor({ endedAt, operationId }: ActivityRow): string {
  return Buffer.from(JSON.stringify([endedAt, operationId])).toString('base64url')
}

function readCursor(cursor: string | undefined): { at: string | null; operationId: string } | null {
  if (!cursor) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parsed)) return null
    const [at, operationId]: unknown[] = parsed
    if (typeof operationId !== 'string' || !isUuid(operationId)) return null
    if (at === null) return { at, operationId }
    return typeof at === 'string' && isInstant(at) ? { at, operationId } : null
  } catch {
    return null
  }
}

/** Only what the database itself has written: it refuses other instants, which are a caller's mistake and no failure of ours. */
function isInstant(text: string): boolean {
  const [, year, month, day] = INSTANT.exec(text) ?? []
  if (year === undefined || Number.isNaN(Date.parse(text))) return false
  // Parsers take February 30 for a day in March; the database does not.
  return (
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  )
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}(?::?\d{2})?)$/
