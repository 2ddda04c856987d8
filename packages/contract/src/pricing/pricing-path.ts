import { fileURLToPath } from 'node:url'

/** The path of the product's own pricing file. */
export const PRICING_PATH = fileURLToPath(new URL('../../pricing.yaml', import.meta.url))
/** The path of the catalog generated from it. */
export const CATALOG_PATH = fileURLToPath(new URL('../catalog.gen.ts', import.meta.url))
