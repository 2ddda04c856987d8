import type { PricingFile } from './pricing-file.ts'

/** Writes the TypeScript module with a pricing file's catalog; the drift test compares it with the checked-in one. */
export function renderCatalog(file: PricingFile): string {
  const meters = file.usageMeters.map(({ usageMeter }) => ({
    slug: usageMeter.slug,
    value: namesOf(usageMeter.name),
  }))
  const features = file.features
    .filter(({ type }) => type === 'toggle')
    .map(({ slug, name }) => ({ slug, value: { name } }))
  const prices = file.products.map(({ product, price }) => ({
    slug: price.slug,
    value: { product: product.slug, name: product.name },
  }))
  return `// Made from pricing.yaml by \`pnpm pricing:gen\`. Do not edit.
import { defineCatalog } from './define-catalog.ts'

/** The catalog of pricing.yaml. */
export const catalog = /* @__PURE__ */ defineCatalog({
${table('meters', meters)}${table('features', features)}${table('prices', prices)}})

/** What is counted. */
export type MeterSlug = keyof typeof catalog.meters
/** What a plan switches on. */
export type FeatureSlug = keyof typeof catalog.features
/** What can be bought. */
export type PriceSlug = keyof typeof catalog.prices
`
}

function table(name: string, rows: { slug: string; value: object }[]): string {
  const lines = rows.map(({ slug, value }) => `    ${slug}: ${literal(value)},\n`)
  return `  ${name}: {\n${lines.join('')}  },\n`
}

function literal(value: object): string {
  const pairs = Object.entries(value).map(([key, text]) => `${key}: ${quote(String(text))}`)
  return `{ ${pairs.join(', ')} }`
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** "Image generations" are counted as "1 image generation" and "2 image generations"; "AI tokens" keep their capitals. */
function namesOf(name: string): { name: string; unit: string; units: string } {
  const units = name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
  return { name, unit: singular(units), units }
}

function singular(plural: string): string {
  if (/[^aeiou]ies$/.test(plural)) return plural.replace(/ies$/, 'y')
  if (/(?:ch|sh|ss|x|z)es$/.test(plural)) return plural.replace(/es$/, '')
  return plural.replace(/(?<!s)s$/, '')
}
