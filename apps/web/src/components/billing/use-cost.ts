import { type Outputs, trpc } from '@tollgate/client/react'

/** What a procedure costs, from the catalog; null while that is not known. */
export type Cost = Outputs['billing']['catalog']['procedures'][number]

/** Reads a procedure's price from the catalog: a price is never written into a screen. */
export function useCost(path: string): Cost | null {
  const catalog = trpc.billing.catalog.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY })
  return catalog.data?.procedures.find((procedure) => procedure.path === path) ?? null
}
