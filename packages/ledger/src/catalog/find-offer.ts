import { nearestSlug } from '@tollgate/contract/pricing'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import type { Price, PricingModel, Product } from '../core/pricing-model.ts'

/** A price and the product it belongs to. */
export type Offer = { price: Price; product: Product }

/** How a caller identifies a price; exactly one of the two. */
export type PriceReference = { priceId?: string | undefined; priceSlug?: string | undefined }

/** Finds a price that is for sale in a pricing model; usage prices are not. */
export function findOffer(model: PricingModel, reference: PriceReference): Offer {
  const offer = findAnyOffer(model, reference)
  if (!offer.price.active || !offer.product.active) {
    throw new LedgerError('BAD_REQUEST', `The price "${offer.price.slug}" is no longer sold.`)
  }
  return offer
}

/** Finds a price of a pricing model's products, sold or not. */
export function findAnyOffer(model: PricingModel, { priceId, priceSlug }: PriceReference): Offer {
  for (const product of model.products) {
    for (const price of product.prices) {
      if (price.id === priceId || price.slug === priceSlug) return { price, product }
    }
  }
  const named = priceId ?? priceSlug ?? ''
  if (
    model.usageMeters.some((meter) =>
      meter.prices.some(({ id, slug }) => named === id || named === slug),
    )
  ) {
    throw new LedgerError(
      'BAD_REQUEST',
      `"${named}" is a usage price: it cannot be bought, only used.`,
    )
  }
  const slugs = model.products.flatMap(({ prices }) => prices.map(({ slug }) => slug))
  const near = nearestSlug(named, slugs)
  if (near)
    throw new LedgerError('NOT_FOUND', `There is no price "${named}". Did you mean "${near}"?`)
  throw notFound('price', named)
}

/** The product customers start on, with its price. */
export function freeOffer(model: PricingModel): Offer | null {
  const product = model.defaultProduct
  const price = product?.defaultPrice
  return product && price ? { price, product } : null
}
