import {
  FEATURES,
  type FeatureSlug,
  METERS,
  type MeterSlug,
  PRICES,
  type PriceSlug,
} from './catalog.gen.ts'

/** Whether a slug is a meter of pricing.yaml. */
export function isMeterSlug(slug: string): slug is MeterSlug {
  return Object.hasOwn(METERS, slug)
}

/** Whether a slug is a toggle feature of pricing.yaml. */
export function isFeatureSlug(slug: string): slug is FeatureSlug {
  return Object.hasOwn(FEATURES, slug)
}

/** Whether a slug is a price of pricing.yaml. */
export function isPriceSlug(slug: string): slug is PriceSlug {
  return Object.hasOwn(PRICES, slug)
}

/** Every meter of pricing.yaml, in the order of the file. */
export const METER_SLUGS: readonly MeterSlug[] = Object.keys(METERS).filter(isMeterSlug)

/** Every toggle feature of pricing.yaml, in the order of the file. */
export const FEATURE_SLUGS: readonly FeatureSlug[] = Object.keys(FEATURES).filter(isFeatureSlug)
