import type { Transaction } from '@tollgate/database'
import { sql } from 'kysely'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { PRODUCT_COLUMNS } from './catalog-columns.ts'
import type { ProductRecord } from '../core/pricing-model.ts'
import { type NewPrice, writePrice } from './write-price.ts'
import { typed } from '../core/typed.ts'

/** Sorts after those that a pricing file orders. */
const LAST = 1_000

/** The fields of a product; an omitted one stays as it is, or is empty in a new product. */
export type ProductFields = {
  name: string
  slug?: string | null | undefined
  active?: boolean | undefined
  description?: string | null | undefined
  imageURL?: string | null | undefined
  singularQuantityLabel?: string | null | undefined
  pluralQuantityLabel?: string | null | undefined
}

type Change = {
  organizationId: string
  product: ProductFields
  price?: NewPrice | undefined
  featureIds?: string[] | undefined
}

/** Creates a product with its price and features. */
export async function createProduct(
  ledger: Ledger,
  change: Change & { pricingModelId: string },
): Promise<ProductRecord> {
  const { organizationId, pricingModelId, product } = change
  const id = ledger.newId('prod')
  const now = ledger.clock.now()
  return ledger.database.transaction(async (transaction) => {
    const model = await typed(transaction)
      .selectFrom('pricingModel')
      .select('id')
      .where(({ and }) => and({ organizationId, id: pricingModelId }))
      .executeTakeFirst()
    const created = model && (await insertProduct(transaction, { ...change, id, now }))
    if (!created) {
      throw new LedgerError(
        'CONFLICT',
        `The slug "${product.slug ?? ''}" is taken, or there is no pricing model "${pricingModelId}".`,
      )
    }
    if (change.price)
      await writePrice(transaction, { ledger, product: created, price: change.price })
    if (change.featureIds) {
      await writeGives(transaction, { ledger, product: created, featureIds: change.featureIds })
    }
    return created
  })
}

/** Changes a product. A new price replaces the old one for new customers; existing ones keep what they agreed to. */
export async function updateProduct(
  ledger: Ledger,
  change: Change & { productId: string },
): Promise<ProductRecord> {
  const { organizationId, productId, product } = change
  return ledger.database.transaction(async (transaction) => {
    const updated = await typed(transaction)
      .updateTable('product')
      .set({
        name: product.name,
        active: product.active,
        description: product.description ?? undefined,
        imageUrl: product.imageURL ?? undefined,
        singularQuantityLabel: product.singularQuantityLabel ?? undefined,
        pluralQuantityLabel: product.pluralQuantityLabel ?? undefined,
        slug: product.slug ?? undefined,
        updatedAt: ledger.clock.now(),
      })
      .where(({ and }) => and({ organizationId, id: productId }))
      .returning(PRODUCT_COLUMNS)
      .executeTakeFirst()
    if (!updated) throw notFound('product', productId)
    if (change.price && !updated.default) {
      await writePrice(transaction, { ledger, product: updated, price: change.price })
    }
    if (change.featureIds) {
      await writeGives(transaction, { ledger, product: updated, featureIds: change.featureIds })
    }
    return updated
  })
}

function insertProduct(
  transaction: Transaction,
  inserted: Change & { pricingModelId: string; id: string; now: number },
) {
  const { organizationId, pricingModelId, product, id, now } = inserted
  return typed(transaction)
    .insertInto('product')
    .values({
      organizationId,
      id,
      pricingModelId,
      slug: product.slug ?? id.toLowerCase(),
      name: product.name,
      description: product.description,
      imageUrl: product.imageURL,
      singularQuantityLabel: product.singularQuantityLabel,
      pluralQuantityLabel: product.pluralQuantityLabel,
      active: product.active,
      position: LAST,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((taken) => taken.columns(['organizationId', 'pricingModelId', 'slug']).doNothing())
    .returning(PRODUCT_COLUMNS)
    .executeTakeFirst()
}

async function writeGives(
  transaction: Transaction,
  gives: { ledger: Ledger; product: ProductRecord; featureIds: string[] },
): Promise<void> {
  const { ledger, product, featureIds } = gives
  const now = ledger.clock.now()
  await typed(transaction)
    .updateTable('productFeature')
    .set({ expiredAt: now, updatedAt: now })
    .where(({ and }) => and({ organizationId: product.organizationId, productId: product.id }))
    .where('expiredAt', 'is', null)
    .where(sql<boolean>`feature_id <> all(${featureIds})`)
    .execute()
  await sql`
    insert into product_feature (organization_id, id, product_id, feature_id, position, created_at, updated_at)
    select feature.organization_id, given.id, ${product.id}, feature.id, given.position, ${now}, ${now}
    from unnest(${featureIds.map(() => ledger.newId('product_feature'))}::text[], ${featureIds}::text[])
         with ordinality as given(id, feature_id, position)
    join feature on feature.organization_id = ${product.organizationId} and feature.id = given.feature_id
                and feature.pricing_model_id = ${product.pricingModelId}
    on conflict (organization_id, product_id, feature_id) do update
    set expired_at = null, position = excluded.position, updated_at = excluded.updated_at`.execute(
    typed(transaction),
  )
}
