import type { BalanceChange, CustomerId, LedgerItem } from '@tollgate/contract'
import { isUuid } from '../keys/is-uuid.ts'
import type { ActivityPage, LedgerPage } from '../operation-status.ts'
import { callForCustomer } from '../store/call-routine.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'

/** More than a screen shows; a larger page is asked for in pieces. */
const PAGE_MAX = 100

/** One page of a customer's operations, newest first; an unknown cursor begins at the newest. */
export async function readActivityPage(
  database: MeteringDatabase,
  customerId: CustomerId,
  page: PageRequest,
): Promise<ActivityPage> {
  const read = await readLedgerPage(database, customerId, page, 'operations')
  return { ...read, items: read.items.filter((item) => item.kind === 'operation') }
}

/** One page of a customer's own ledger, newest first, what is running before that; an unknown cursor begins at the newest. */
export async function readLedgerPage(
  database: MeteringDatabase,
  customerId: CustomerId,
  page: PageRequest,
  which: 'operations' | 'all' = 'all',
): Promise<LedgerPage> {
  const limit = Math.min(PAGE_MAX, Math.max(1, Math.trunc(page.limit) || 1))
  const before = readCursor(page.cursor)
  const rows = await callForCustomer<LedgerRow[]>(database, 'list_ledger', [
    customerId,
    // One entry more than asked for shows whether there is a next page.
    limit + 1,
    before?.at ?? null,
    before?.id ?? null,
    which === 'all',
  ])
  const entries = [...new Set(rows.map(({ id }) => id))]
  const shown = new Set(entries.slice(0, limit))
  const items = rows.filter(({ id }) => shown.has(id))
  const last = items.at(-1)
  const hasMore = entries.length > limit && last
  return { items: items.map(toItem), nextCursor: hasMore ? writeCursor(last) : null }
}

type PageRequest = { limit: number; cursor?: string }

/** One meter of one operation, or one change of a balance at the backend. */
type LedgerRow = { id: string; meter: string; balanceAfter: number | null } & (
  | {
      kind: 'operation'
      procedure: string
      state: 'held' | 'charged' | 'released'
      held: number
      charged: number | null
      startedAt: string
      at: string | null
    }
  | ({ kind: 'change' } & Pick<BalanceChange, 'reason' | 'name' | 'amount' | 'at'>)
)

function toItem(row: LedgerRow): LedgerItem {
  const { meter, balanceAfter } = row
  if (row.kind === 'change') {
    const { reason, name, amount } = row
    const at = new Date(row.at).toISOString()
    return { kind: 'change', changeId: row.id, reason, name, meter, amount, balanceAfter, at }
  }
  return {
    kind: 'operation',
    operationId: row.id,
    procedure: row.procedure,
    meter,
    status: row.state,
    amount: row.state === 'held' ? row.held : (row.charged ?? 0),
    balanceAfter,
    startedAt: new Date(row.startedAt).toISOString(),
    endedAt: row.at === null ? null : new Date(row.at).toISOString(),
  }
}

/** Microseconds count, so the instant travels as the database wrote it. */
function writeCursor({ at, id }: LedgerRow): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

function readCursor(cursor: string | undefined): { at: string | null; id: string } | null {
  if (!cursor) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parsed)) return null
    const [at, id]: unknown[] = parsed
    if (typeof id !== 'string' || !isUuid(id)) return null
    if (at === null) return { at, id }
    return typeof at === 'string' && isInstant(at) ? { at, id } : null
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
