import { nearestSlug } from '@tollgate/contract/pricing'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import type { PricingModel, Product } from '../core/pricing-model.ts'

/** Finds a product of a pricing model by its slug, sold or not. */
export function findProduct({ products }: PricingModel, slug: string): Product {
  const found = products.find((product) => product.slug === slug)
  if (found) return found
  const near = nearestSlug(
    slug,
    products.map((product) => product.slug),
  )
  if (!near) throw notFound('product', slug)
  throw new LedgerError('NOT_FOUND', `There is no product "${slug}". Did you mean "${near}"?`)
}
