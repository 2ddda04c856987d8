export {
  loadPricing,
  parsePricing,
  PricingFileError,
  type PricingProblem,
} from './pricing/load-pricing.ts'
export { nearestSlug } from './pricing/nearest-slug.ts'
export { type PricingFile, pricingFileSchema } from './pricing/pricing-file.ts'
