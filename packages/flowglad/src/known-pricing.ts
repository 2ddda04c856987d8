import type { Catalog } from '@tollgate/contract'
import type { WirePricingModel } from './wire.ts'

/** What is known about pricing models, from answers that contain one. */
export type KnownPricing = {
  learn(model: WirePricingModel): void
  /** Our slug of a usage meter: usage events name theirs only by id. Ids never change, so the map only grows. */
  meterOf(usageMeterId: string): string | null
  /** The latest default pricing model received; null before the first. */
  latest(): WirePricingModel | null
}

export function createKnownPricing(catalog: Catalog): KnownPricing {
  const slugs = new Map<string, string>()
  let latest: WirePricingModel | null = null
  return {
    learn(model) {
      for (const { id, slug } of model.usageMeters) {
        if (Object.hasOwn(catalog.meters, slug)) slugs.set(id, slug)
      }
      // Customers can have pricing models of their own; the general offer is in the default one.
      if (model.isDefault ?? true) latest = model
    },
    meterOf: (usageMeterId) => slugs.get(usageMeterId) ?? null,
    latest: () => latest,
  }
}
