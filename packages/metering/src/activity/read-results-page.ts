import type { CustomerId, PaidResult } from '@tollgate/contract'
import type { Codec } from '../codec.ts'
import type { ResultsPage, ResultsRequest } from '../operation-status.ts'
import { readOutput } from '../operation/stored-result.ts'
import { callForCustomer } from '../store/call-routine.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { type PagePosition, readCursor, writeCursor } from './page-cursor.ts'

/** A result may contain a whole file, so pages are small. */
const PAGE_MAX = 24
/** The most operations in one scan: a few milliseconds, however rare the matches. */
const SCAN_MAX = 1000
/** The most scans for one page while nothing is found. */
const SCANS_MAX = 10

/** One page of the stored results of these customers, all of them one person, newest first; an unknown cursor starts at the newest. */
export async function readResultsPage(
  database: MeteringDatabase,
  customerIds: readonly CustomerId[],
  request: ResultsRequest & { keptMs: number },
): Promise<ResultsPage> {
  const codec = request.codec ?? null
  let next = readCursor(request.cursor)
  let items: PaidResult[] = []
  for (let scans = 0; items.length === 0 && scans < SCANS_MAX; scans += 1) {
    const page = await scan(database, customerIds, { ...request, before: next })
    items = page.rows.flatMap((row) => toResult(row, codec) ?? [])
    next = page.next
    if (next === null) break
  }
  return { items, nextCursor: next && writeCursor(next) }
}

/** Finds results among the next operations of each customer. */
async function scan(
  database: MeteringDatabase,
  customerIds: readonly CustomerId[],
  request: ResultsRequest & { keptMs: number; before: PagePosition | null },
): Promise<{ rows: ResultRow[]; next: PagePosition | null }> {
  const { procedure, before, keptMs } = request
  const limit = Math.min(PAGE_MAX, Math.max(1, Math.trunc(request.limit) || 1))
  const pages = await Promise.all(
    customerIds.map((customerId) =>
      callForCustomer<RowsOfOne>(database, 'list_results', [
        customerId,
        procedure ?? null,
        limit + 1,
        before?.at ?? null,
        before?.id ?? null,
        keptMs,
        SCAN_MAX,
      ]),
    ),
  )
  return merge(pages, limit)
}

/** One customer's results, and where its scan stopped if there are more operations. */
type RowsOfOne = { items: ResultRow[]; next: { at: string; id: string } | null }

type ResultRow = {
  id: string
  at: string
  procedure: string
  startedAt: string
  keptUntil: string
  charges: PaidResult['charges'] | null
  result: string
}

/** The newest results of all customers, but none older than where a scan stopped. */
function merge(
  pages: readonly RowsOfOne[],
  limit: number,
): { rows: ResultRow[]; next: PagePosition | null } {
  const until = pages.flatMap(({ next }) => next ?? []).toSorted(newestFirst)[0] ?? null
  const rows = pages
    .flatMap(({ items }) => items)
    .filter((row) => until === null || newestFirst(row, until) <= 0)
    .toSorted(newestFirst)
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? (shown.at(-1) ?? null) : until }
}

type Ended = { at: string; id: string }

function newestFirst(one: Ended, other: Ended): number {
  if (one.at !== other.at) return one.at > other.at ? -1 : 1
  return one.id === other.id ? 0 : one.id > other.id ? -1 : 1
}

function toResult(row: ResultRow, codec: Codec | null): PaidResult | null {
  const stored = readOutput(row.result, codec)
  return (
    stored && {
      operationId: row.id,
      procedure: row.procedure,
      charges: row.charges ?? [],
      startedAt: new Date(row.startedAt).toISOString(),
      endedAt: new Date(row.at).toISOString(),
      keptUntil: new Date(row.keptUntil).toISOString(),
      ...stored,
    }
  )
}
