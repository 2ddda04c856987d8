import { writeFileSync } from 'node:fs'
import { loadPricing } from './load-pricing.ts'
import { CATALOG_PATH, PRICING_PATH } from './pricing-path.ts'
import { renderCatalog } from './render-catalog.ts'

writeFileSync(CATALOG_PATH, renderCatalog(loadPricing(PRICING_PATH)))
