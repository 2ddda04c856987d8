import { METERS, type MeterSlug } from '@tollgate/contract'

/** Every meter of the catalog. */
export const METER_SLUGS: readonly MeterSlug[] = Object.keys(METERS).filter(
  (slug): slug is MeterSlug => Object.hasOwn(METERS, slug),
)
