import type { LedgerItem } from '@tollgate/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ActivityFilter, EVERYTHING, toLedgerFilter } from './activity-filter.ts'
import { readLedger } from './read-ledger.ts'
import { useReadPage } from './use-read-page.ts'

/** Lines per page; bounds the size of the document, however long the ledger is. */
const PAGE_LINES = 50

/** The state and the actions of the activity list. */
export type Activity = {
  /** Undefined while they load. */
  items: readonly LedgerItem[] | undefined
  filter: ActivityFilter
  setFilter(filter: ActivityFilter): void
  /** Go to newer or older lines; null if there are none. */
  newer: (() => void) | null
  older: (() => void) | null
  /** The number of the page on screen, from 1. */
  page: number
  isFetching: boolean
}

/** The customer's ledger, one page at a time. */
export function useActivity(): Activity {
  const read = useReadPage()
  const [shown, setShown] = useState(() => startWith(EVERYTHING))
  const { filter, ledgerFilter, cursors } = shown
  const cursor = cursors.at(-1) ?? null
  const { data, isFetching } = useQuery({
    // Prefixed with the procedure's key, so that a call that ends invalidates it.
    queryKey: [['billing', 'ledger'], { page: cursor, ledgerFilter }],
    queryFn: () => readLedger(read, { lines: PAGE_LINES, cursor, filter: ledgerFilter }),
    placeholderData: keepPreviousData,
  })
  const next = data?.nextCursor ?? null
  return {
    items: data?.items,
    filter,
    setFilter: (chosen) => setShown(startWith(chosen)),
    newer: cursors.length > 0 ? () => go(cursors.slice(0, -1)) : null,
    older: next === null ? null : () => go([...cursors, next]),
    page: cursors.length + 1,
    isFetching,
  }

  function go(to: readonly string[]): void {
    setShown({ ...shown, cursors: to })
  }
}

/** The time span is fixed when it is chosen, so that all pages belong to the same one. */
function startWith(filter: ActivityFilter) {
  const cursors: readonly string[] = []
  return { filter, ledgerFilter: toLedgerFilter(filter, new Date()), cursors }
}
