import { type Outputs, trpc } from './trpc.ts'

/** What is for sale and what every call costs. */
export type Catalog = Outputs['billing']['catalog']

/** How often to retry while there is nothing for sale or no answer. */
const ASK_AGAIN_MS = 10_000

/** The catalog, read once; undefined while it loads. */
export function useCatalog(): Catalog | undefined {
  const catalog = trpc.billing.catalog.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data?.offers.length === 0 ? ASK_AGAIN_MS : false,
  })
  return catalog.data
}
