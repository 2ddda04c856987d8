import { type Catalog, useCatalog } from './use-catalog.ts'

/** What a procedure costs, from the catalog; null while that is not known. */
export type Cost = Catalog['procedures'][number]

/** Reads a procedure's price from the catalog: a price is never written into a screen. */
export function useCost(path: string): Cost | null {
  return useCatalog()?.procedures.find((procedure) => procedure.path === path) ?? null
}
