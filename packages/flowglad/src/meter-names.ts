import { isMeterSlug, type MeterSlug } from '@tollgate/contract'

/** Flowglad's meter ids by our slugs: its usage events name a meter only by id. Ids never change, so this only grows. */
export type MeterNames = {
  learn(meters: readonly { id: string; slug: string }[]): void
  slugOf(meterId: string): MeterSlug | null
}

export function createMeterNames(): MeterNames {
  const slugs = new Map<string, MeterSlug>()
  return {
    learn(meters) {
      for (const { id, slug } of meters) {
        if (isMeterSlug(slug)) slugs.set(id, slug)
      }
    },
    slugOf: (meterId) => slugs.get(meterId) ?? null,
  }
}
