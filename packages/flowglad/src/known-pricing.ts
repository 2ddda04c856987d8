import type { Catalog } from '@tollgate/contract'
import type { WirePricingModel } from './wire.ts'

/** What is known of pricing models from the answers that carry one. */
export type KnownPricing = {
  learn(model: WirePricingModel): void
  /** Our slug of a usage meter: usage events name theirs only by id. Ids never change, so these only grow. */
  meterOf(usageMeterId: string): string | null
  /** The default pricing model as it was last sent; null before a first answer. */
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
      // Customers can have pricing models of their own; what is for sale to everyone is in the default one.
      if (model.isDefault ?? true) latest = model
    },
    meterOf: (usageMeterId) => slugs.get(usageMeterId) ?? null,
    latest: () => latest,
  }
}
