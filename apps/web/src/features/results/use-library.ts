import {
  type OperationReceipt,
  type PaidResult,
  type Receipt,
  RESULT_KEPT_MS,
} from '@tollgate/contract'
import { useLocation, useSearch } from 'wouter'
import { trpc } from '../../connection/trpc.ts'

/** The paid results of one page, from any device, and the one on screen. */
export type Library = {
  /** Newest first, including the one just made; undefined while loading. */
  items: readonly PaidResult[] | undefined
  /** The opened result, otherwise the newest; null if there is none. */
  shown: PaidResult | null
  /** Whether one was opened by its URL or a click. */
  isOpened: boolean
  /** The opened result is no longer stored. */
  isGone: boolean
  /** Opens a result; with null, the newest again. */
  open(operationId: string | null): void
  /** Loads earlier results; null if there are none. */
  more: (() => void) | null
  /** Retries a failed fetch; null if nothing failed. */
  again: (() => void) | null
}

/** How many are fetched at once. */
const PAGE_ITEMS = 12

/** Reads the stored results of a procedure; the result that this window just received is included at once. */
export function useLibrary(options: {
  procedure: string
  answer: { output: unknown; receipt: Receipt | null }
}): Library {
  const { procedure, answer } = options
  const [opened, open] = useOpened()
  const list = trpc.billing.results.useInfiniteQuery(
    { procedure, limit: PAGE_ITEMS },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  )
  const read = list.data?.pages.flatMap((page) => page.items)
  const fresh = toResult(procedure, answer)
  const isListed = read?.some(({ operationId }) => operationId === fresh?.operationId) ?? false
  const items = fresh && !isListed ? [fresh, ...(read ?? [])] : read
  const listed = items?.find(({ operationId }) => operationId === opened)
  const other = trpc.billing.receipt.useQuery(
    { operationId: opened ?? '' },
    { enabled: opened !== null && items !== undefined && listed === undefined },
  )
  const older = other.data?.procedure === procedure ? toOlder(other.data) : null
  const shown = opened === null ? (fresh ?? items?.[0] ?? null) : (listed ?? older)
  return {
    items,
    shown,
    isOpened: opened !== null,
    isGone: opened !== null && other.isSuccess && shown === null,
    open,
    more: list.hasNextPage ? () => void list.fetchNextPage() : null,
    again: list.isError ? () => void list.refetch() : null,
  }
}

/** The result that the URL names: a link to it also works on another device. */
function useOpened(): [string | null, (operationId: string | null) => void] {
  const [path, navigate] = useLocation()
  const opened = new URLSearchParams(useSearch()).get('result')
  return [
    opened,
    (operationId) => {
      if (operationId !== opened) navigate(operationId ? `${path}?result=${operationId}` : path)
    },
  ]
}

function toResult(
  procedure: string,
  { output, receipt }: { output: unknown; receipt: Receipt | null },
): PaidResult | null {
  if (!receipt || output === undefined) return null
  const { operationId, charges, at } = receipt
  return {
    operationId,
    procedure,
    charges,
    startedAt: at,
    endedAt: at,
    keptUntil: new Date(Date.parse(at) + RESULT_KEPT_MS).toISOString(),
    output,
    streamed: false,
    complete: receipt.complete !== false,
  }
}

function toOlder(receipt: OperationReceipt): PaidResult | null {
  const { operationId, procedure, charges, startedAt, endedAt, result } = receipt
  if (!result || endedAt === null) return null
  return {
    operationId,
    procedure,
    charges: charges.map(({ meter, charged }) => ({ meter, amount: charged })),
    startedAt,
    endedAt,
    ...result,
  }
}
