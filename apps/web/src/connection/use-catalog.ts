import { type Outputs, trpc } from './trpc.ts'

/** How often to retry while the catalog is empty or unavailable. */
const ASK_AGAIN_MS = 10_000

/** What is for sale and what every call costs; undefined while it loads. */
export function useCatalog(): Outputs['billing']['catalog'] | undefined {
  return useCatalogQuery().data
}

/** The catalog query, for pages that show its errors. */
export function useCatalogQuery() {
  return trpc.billing.catalog.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data?.offers.length === 0 ? ASK_AGAIN_MS : false,
  })
}
