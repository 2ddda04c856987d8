import { writeFileSync } from 'node:fs'
import { docsAnchor } from '../docs-anchor.ts'
import { loadPricing, PricingFileError } from './load-pricing.ts'
import { CATALOG_PATH, PRICING_PATH } from './pricing-path.ts'
import { renderCatalog } from './render-catalog.ts'

try {
  writeFileSync(CATALOG_PATH, renderCatalog(loadPricing(PRICING_PATH)))
} catch (error) {
  if (!(error instanceof PricingFileError)) throw error
  process.stderr.write(`${error.message}\nGuide: ${docsAnchor(error)}\n`)
  process.exitCode = 1
}
