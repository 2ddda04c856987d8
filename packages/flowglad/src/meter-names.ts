import type { Catalog } from '@tollgate/contract'

/** Flowglad's meter ids by our slugs: its usage events name a meter only by id. Ids never change, so this only grows. */
export type MeterNames = {
  learn(meters: readonly { id: string; slug: string }[]): void
  slugOf(meterId: string): string | null
}

export function createMeterNames(catalog: Catalog): MeterNames {
  const slugs = new Map<string, string>()
  return {
    learn(meters) {
      for (const { id, slug } of meters) {
        if (Object.hasOwn(catalog.meters, slug)) slugs.set(id, slug)
      }
    },
    slugOf: (meterId) => slugs.get(meterId) ?? null,
  }
}
