import type { Transaction } from '@tollgate/database'
import type { Ledger } from '../core/ledger.ts'
import type { IntervalUnit, ProductRecord } from '../core/pricing-model.ts'

/** A price to put on a product. */
export type NewPrice = {
  type: 'subscription' | 'single_payment'
  unitPrice: number
  slug?: string | null | undefined
  name?: string | null | undefined
  intervalUnit?: IntervalUnit | null | undefined
  intervalCount?: number | null | undefined
  trialPeriodDays?: number | null | undefined
}

/**
 * Puts a price on a product as its default. The one it replaces stays for those who have it: it gives its slug away
 * and is no longer sold.
 */
export async function writePrice(
  transaction: Transaction,
  written: { ledger: Ledger; product: ProductRecord; price: NewPrice },
): Promise<void> {
  const { ledger, product, price } = written
  const now = ledger.clock.now()
  const id = ledger.newId('price')
  const slug =
    price.slug ?? `${product.slug}_${price.type === 'subscription' ? price.intervalUnit : 'once'}`
  const recurring = price.type === 'subscription'
  await transaction.query({
    text: `update price set is_default = false, active = false, slug = slug || '_until_' || $4::bigint, updated_at = $4
           where organization_id = $1 and product_id = $2 and (is_default or slug = $3)`,
    values: [product.organizationId, product.id, slug, now],
  })
  await transaction.query({
    text: `insert into price
             (organization_id, id, pricing_model_id, product_id, type, slug, name, unit_price, currency,
              interval_unit, interval_count, trial_period_days, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'USD', $9, $10, $11, $12, $12)`,
    values: [
      product.organizationId,
      id,
      product.pricingModelId,
      product.id,
      price.type,
      slug,
      price.name ?? product.name,
      price.unitPrice,
      recurring ? (price.intervalUnit ?? 'month') : null,
      recurring ? (price.intervalCount ?? 1) : null,
      recurring ? (price.trialPeriodDays ?? null) : null,
      now,
    ],
  })
}
