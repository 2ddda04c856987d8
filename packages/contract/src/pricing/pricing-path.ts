import { fileURLToPath } from 'node:url'

/** Where the house's own pricing file lies. */
export const PRICING_PATH = fileURLToPath(new URL('../../pricing.yaml', import.meta.url))
/** Where the slugs made from it lie. */
export const CATALOG_PATH = fileURLToPath(new URL('../catalog.gen.ts', import.meta.url))
