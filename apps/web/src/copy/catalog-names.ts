import { FEATURES, type FeatureSlug, METERS, type MeterSlug } from '@tollgate/contract'

/** What one and several of a meter are called. */
type Unit = { one: string; other: string }

// A page that was opened before a deployment may meet slugs that its catalog does not have yet: they stand for themselves.

/** Names a meter: as pricing.yaml does, unless the language has its own name for it. */
export function meterNames(own: Partial<Record<MeterSlug, string>> = {}) {
  return (meter: MeterSlug): string =>
    own[meter] ?? (Object.hasOwn(METERS, meter) ? METERS[meter].name : meter)
}

/** Names what a meter counts: as pricing.yaml does, unless the language has its own words for it. */
export function meterUnits(own: Partial<Record<MeterSlug, Unit>> = {}) {
  return (meter: MeterSlug): Unit => {
    if (own[meter]) return own[meter]
    if (!Object.hasOwn(METERS, meter)) return { one: meter, other: meter }
    return { one: METERS[meter].unit, other: METERS[meter].units }
  }
}

/** Names a toggle feature: as pricing.yaml does, unless the language has its own name for it. */
export function featureNames(own: Partial<Record<FeatureSlug, string>> = {}) {
  return (feature: FeatureSlug): string =>
    own[feature] ?? (Object.hasOwn(FEATURES, feature) ? FEATURES[feature].name : feature)
}
