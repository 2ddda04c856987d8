import { fileURLToPath } from 'node:url'

/** Where the product's own pricing file lies. */
export const PRICING_PATH = fileURLToPath(new URL('../../pricing.yaml', import.meta.url))
/** Where the catalog made from it lies. */
export const CATALOG_PATH = fileURLToPath(new URL('../catalog.gen.ts', import.meta.url))
