import { type Outputs, trpc } from './trpc.ts'

/** How often to retry while there is nothing for sale or no answer. */
const ASK_AGAIN_MS = 10_000

/** What is for sale and what every call costs; undefined while it loads. */
export function useCatalog(): Outputs['billing']['catalog'] | undefined {
  return useCatalogQuery().data
}

/** The query of the catalog, for a page that shows its errors. */
export function useCatalogQuery() {
  return trpc.billing.catalog.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data?.offers.length === 0 ? ASK_AGAIN_MS : false,
  })
}
