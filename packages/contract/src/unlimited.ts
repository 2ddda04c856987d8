import type { FeatureSlug, MeterSlug } from './catalog.gen.ts'
import { isFeatureSlug } from './known-slugs.ts'

/** The toggle that lifts a meter's limit, by Flowglad's naming convention, or null when no plan sells it. */
export function unlimitedFeature(meter: MeterSlug): FeatureSlug | null {
  const slug = `unlimited_${meter}`
  return isFeatureSlug(slug) ? slug : null
}

/** Whether a customer with these features may use a meter without limit. */
export function isUnlimited(meter: MeterSlug, features: readonly FeatureSlug[]): boolean {
  const feature = unlimitedFeature(meter)
  return feature !== null && features.includes(feature)
}
