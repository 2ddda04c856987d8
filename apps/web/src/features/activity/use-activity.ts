import { trpc } from '../../connection/trpc.ts'

/** One page of the list. */
const PAGE_ITEMS = 25

/** The customer's own ledger, page by page. */
export function useActivity() {
  return trpc.billing.ledger.useInfiniteQuery(
    { limit: PAGE_ITEMS },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  )
}
