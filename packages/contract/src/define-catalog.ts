import type { Catalog, CatalogMeter } from './catalog.ts'

/**
 * Makes a catalog in TypeScript; `pnpm pricing:gen` generates the same call from a pricing.yaml. Slugs must match those of Flowglad's
 * pricing model.
 *
 * @example
 * const catalog = defineCatalog({
 *   meters: { renders: { name: 'Renders', unit: 'render', units: 'renders' } },
 *   features: { hd: { name: 'HD' } },
 *   prices: { pro_monthly: { product: 'pro', name: 'Pro' } },
 * })
 */
export function defineCatalog<
  const Meter extends string,
  const Feature extends string = never,
  const Price extends string = never,
>(terms: {
  meters: { readonly [Slug in Meter]: CatalogMeter }
  features?: { readonly [Slug in Feature]: { readonly name: string } }
  prices?: { readonly [Slug in Price]: { readonly product: string; readonly name: string } }
}): Catalog<Meter, Feature, Price>
export function defineCatalog(terms: Partial<Catalog>): Catalog {
  return { meters: {}, features: {}, prices: {}, ...terms }
}
