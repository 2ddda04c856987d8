import type { BalanceChange, CustomerId, LedgerFilter, LedgerItem } from '@tollgate/contract'
import type { ActivityPage, LedgerPage } from '../operation-status.ts'
import { parseSubjects } from '../operation/subject-text.ts'
import { callForCustomer } from '../store/call-routine.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { type PagePosition, readCursor, writeCursor } from './page-cursor.ts'

/** More than a screen shows; larger limits are capped. */
const PAGE_MAX = 100
/** The most operations that a filtered page scans: a few milliseconds, however rare the matches. */
const SCAN_MAX = 2000

/** One page of a customer's operations, newest first; an unknown cursor starts at the newest. */
export async function readActivityPage(
  database: MeteringDatabase,
  customerId: CustomerId,
  page: PageRequest,
): Promise<ActivityPage> {
  const read = await readLedgerPage(database, customerId, page, 'operations')
  return { ...read, items: read.items.filter((item) => item.kind === 'operation') }
}

/** One page of a customer's own ledger, newest first, running operations on top; an unknown cursor starts at the newest. */
export async function readLedgerPage(
  database: MeteringDatabase,
  customerId: CustomerId,
  page: PageRequest & { filter?: LedgerFilter },
  which: 'operations' | 'all' = 'all',
): Promise<LedgerPage> {
  const limit = Math.min(PAGE_MAX, Math.max(1, Math.trunc(page.limit) || 1))
  const before = readCursor(page.cursor)
  const { meter = null, statuses = null, from = null, until = null } = page.filter ?? {}
  const lines = await callForCustomer<LedgerLine[]>(database, 'list_ledger', [
    customerId,
    // One extra entry shows whether there is a next page.
    limit + 1,
    before?.at ?? null,
    before?.id ?? null,
    which === 'all',
    meter,
    statuses,
    from,
    until,
    SCAN_MAX,
  ])
  const rows = lines.filter((line) => line.kind !== 'scanned')
  const entries = [...new Set(rows.map(({ id }) => id))]
  const shown = new Set(entries.slice(0, limit))
  const items = rows.filter(({ id }) => shown.has(id))
  const last = entries.length > limit ? items.at(-1) : lines.find(({ kind }) => kind === 'scanned')
  return { items: items.map(toItem), nextCursor: last ? writeCursor(last) : null }
}

type PageRequest = { limit: number; cursor?: string }

/** An entry or, as the last line, how far a filtered page has scanned. */
type LedgerLine = LedgerRow | ({ kind: 'scanned' } & PagePosition)

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
      subjects: string | null
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
    subjects: parseSubjects(row.subjects),
  }
}
