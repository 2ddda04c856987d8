import type { Transaction } from '@tollgate/database'
import { sql } from 'kysely'
import type { Ledger } from '../core/ledger.ts'
import type { IntervalUnit, ProductRecord } from '../core/pricing-model.ts'
import { typed } from '../core/typed.ts'

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

/** Puts a price on a product as its default. The previous one remains for its subscribers, but loses its slug and is no longer sold. */
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
  await typed(transaction)
    .updateTable('price')
    .set({ isDefault: false, active: false, updatedAt: now })
    .set({ slug: sql<string>`slug || ${`_until_${now}`}` })
    .where(({ and }) => and({ organizationId: product.organizationId, productId: product.id }))
    .where((eb) => eb('isDefault', '=', true).or('slug', '=', slug))
    .execute()
  await typed(transaction)
    .insertInto('price')
    .values({
      organizationId: product.organizationId,
      id,
      pricingModelId: product.pricingModelId,
      productId: product.id,
      type: price.type,
      slug,
      name: price.name ?? product.name,
      unitPrice: price.unitPrice,
      currency: 'USD',
      intervalUnit: recurring ? (price.intervalUnit ?? 'month') : null,
      intervalCount: recurring ? (price.intervalCount ?? 1) : null,
      trialPeriodDays: recurring ? price.trialPeriodDays : null,
      createdAt: now,
      updatedAt: now,
    })
    .execute()
}
