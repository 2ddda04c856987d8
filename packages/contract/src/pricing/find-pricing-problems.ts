import { nearestSlug } from './nearest-slug.ts'
import type { PricingFile } from './pricing-file.ts'

type Problem = { keys: PropertyKey[]; message: string }

/** Finds what a schema cannot: duplicate slugs, dangling references, impossible defaults. */
export function findPricingProblems(file: PricingFile): Problem[] {
  const meters = file.usageMeters.map(({ usageMeter }) => usageMeter.slug)
  const features = file.features.map(({ slug }) => slug)
  const resources = file.resources.map(({ slug }) => slug)
  return [
    ...duplicates('usage meter', meters, (index) => ['usageMeters', index, 'usageMeter', 'slug']),
    ...duplicates('feature', features, (index) => ['features', index, 'slug']),
    ...duplicates(
      'product',
      file.products.map(({ product }) => product.slug),
      (index) => ['products', index, 'product', 'slug'],
    ),
    ...duplicates(
      'price',
      file.products.map(({ price }) => price.slug),
      (index) => ['products', index, 'price', 'slug'],
    ),
    ...file.features.flatMap((feature, index) => {
      const at = (key: string) => ['features', index, key]
      switch (feature.type) {
        case 'usage_credit_grant':
          return missing('usage meter', feature.usageMeterSlug, meters, at('usageMeterSlug'))
        case 'resource':
          return missing('resource', feature.resourceSlug, resources, at('resourceSlug'))
        case 'toggle':
          return []
      }
    }),
    ...file.products.flatMap((product, index) =>
      product.features.flatMap((slug, position) =>
        missing('feature', slug, features, ['products', index, 'features', position]),
      ),
    ),
    ...defaults(file),
    ...reserved(file),
  ]
}

function duplicates(
  kind: string,
  slugs: string[],
  keys: (index: number) => PropertyKey[],
): Problem[] {
  return slugs.flatMap((slug, index) =>
    slugs.indexOf(slug) === index
      ? []
      : [{ keys: keys(index), message: `the ${kind} slug "${slug}" is used twice; rename one` }],
  )
}

function missing(kind: string, slug: string, known: string[], keys: PropertyKey[]): Problem[] {
  if (known.includes(slug)) return []
  const nearest = nearestSlug(slug, known)
  const hint = nearest ? ` Did you mean "${nearest}"?` : ''
  return [{ keys, message: `there is no ${kind} "${slug}".${hint}` }]
}

function defaults(file: PricingFile): Problem[] {
  const chosen = file.products.flatMap(({ product, price }, index) =>
    product.default ? [{ index, price }] : [],
  )
  return [
    ...chosen.slice(1).map(({ index }) => ({
      keys: ['products', index, 'product', 'default'],
      message: 'only one product can be the default; set this to false',
    })),
    ...chosen
      .filter(({ price }) => price.unitPrice !== 0 || (price.trialPeriodDays ?? 0) > 0)
      .map(({ index }) => ({
        keys: ['products', index, 'price', 'unitPrice'],
        message:
          'every customer starts on the default product: its price must be 0, without a trial',
      })),
  ]
}

function reserved(file: PricingFile): Problem[] {
  return file.usageMeters.flatMap(({ prices }, index) =>
    prices.flatMap(({ slug }, position) => {
      if (!slug?.endsWith('_no_charge')) return []
      const keys = ['usageMeters', index, 'prices', position, 'slug']
      return [
        { keys, message: 'slugs ending in _no_charge are made by the backend; choose another' },
      ]
    }),
  )
}
