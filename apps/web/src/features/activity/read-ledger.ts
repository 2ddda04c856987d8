import type { LedgerFilter, LedgerItem } from '@tollgate/contract'

/** One page of the ledger, as the server returns it. */
type LedgerPage = { items: LedgerItem[]; nextCursor: string | null }
export type ReadLedgerPage = (input: {
  limit: number
  cursor: string | null
  filter: LedgerFilter
}) => Promise<LedgerPage>

/** The maximum of lines in one response. */
const ANSWER_MAX = 100

/** Reads this many lines, or all there are: with a filter the server may return fewer than requested and still have more. */
export async function readLedger(
  read: ReadLedgerPage,
  request: { lines: number; cursor: string | null; filter: LedgerFilter },
): Promise<LedgerPage> {
  const items: LedgerItem[] = []
  let { cursor } = request
  do {
    const limit = Math.min(ANSWER_MAX, request.lines - items.length)
    const page = await read({ limit, cursor, filter: request.filter })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && items.length < request.lines)
  return { items, nextCursor: cursor }
}
