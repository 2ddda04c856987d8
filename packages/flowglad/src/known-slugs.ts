import {
  FEATURES,
  type FeatureSlug,
  METERS,
  type MeterSlug,
  PRICES,
  type PriceSlug,
} from '@tollgate/contract'

/** Whether a slug of Flowglad's is a meter of our pricing.yaml. */
export function isMeterSlug(slug: string): slug is MeterSlug {
  return Object.hasOwn(METERS, slug)
}

/** Whether a slug of Flowglad's is a price of our pricing.yaml. */
export function isPriceSlug(slug: string): slug is PriceSlug {
  return Object.hasOwn(PRICES, slug)
}

/** Whether a slug of Flowglad's is a toggle of our pricing.yaml. */
export function isFeatureSlug(slug: string): slug is FeatureSlug {
  return Object.hasOwn(FEATURES, slug)
}
