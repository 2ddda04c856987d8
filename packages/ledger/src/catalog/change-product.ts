import type { Transaction } from '@tollgate/database'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { PRODUCT_COLUMNS } from './catalog-columns.ts'
import type { ProductRecord } from '../core/pricing-model.ts'
import { type NewPrice, writePrice } from './write-price.ts'

/** The fields of a product; what is left out stays, or is empty when new. */
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
  return ledger.database.transaction(async (transaction) => {
    const [created] = await transaction.query<ProductRecord>({
      text: `insert into product
               (organization_id, id, pricing_model_id, slug, name, description, image_url, singular_quantity_label,
                plural_quantity_label, active, position, created_at, updated_at)
             select $1, $2, model.id, $4, $5, $6, $7, $8, $9, $10, 1000, $11, $11
             from pricing_model model where model.organization_id = $1 and model.id = $3
             on conflict (organization_id, pricing_model_id, slug) do nothing
             returning ${PRODUCT_COLUMNS}`,
      values: [
        organizationId,
        id,
        pricingModelId,
        product.slug ?? id.toLowerCase(),
        product.name,
        product.description ?? null,
        product.imageURL ?? null,
        product.singularQuantityLabel ?? null,
        product.pluralQuantityLabel ?? null,
        product.active ?? true,
        ledger.clock.now(),
      ],
    })
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
    const [updated] = await transaction.query<ProductRecord>({
      text: `update product set name = $3, active = coalesce($4, active), description = coalesce($5, description),
               image_url = coalesce($6, image_url), singular_quantity_label = coalesce($7, singular_quantity_label),
               plural_quantity_label = coalesce($8, plural_quantity_label), slug = coalesce($9, slug), updated_at = $10
             where organization_id = $1 and id = $2 returning ${PRODUCT_COLUMNS}`,
      values: [
        organizationId,
        productId,
        product.name,
        product.active ?? null,
        product.description ?? null,
        product.imageURL ?? null,
        product.singularQuantityLabel ?? null,
        product.pluralQuantityLabel ?? null,
        product.slug ?? null,
        ledger.clock.now(),
      ],
    })
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

async function writeGives(
  transaction: Transaction,
  gives: { ledger: Ledger; product: ProductRecord; featureIds: string[] },
): Promise<void> {
  const { ledger, product, featureIds } = gives
  const now = ledger.clock.now()
  await transaction.query({
    text: `update product_feature set expired_at = $4, updated_at = $4
           where organization_id = $1 and product_id = $2 and expired_at is null and feature_id <> all($3)`,
    values: [product.organizationId, product.id, featureIds, now],
  })
  await transaction.query({
    text: `insert into product_feature (organization_id, id, product_id, feature_id, position, created_at, updated_at)
           select $1, given.id, $2, feature.id, given.position, $6, $6
           from unnest($3::text[], $4::text[]) with ordinality as given(id, feature_id, position)
           join feature on feature.organization_id = $1 and feature.id = given.feature_id
                       and feature.pricing_model_id = $5
           on conflict (organization_id, product_id, feature_id) do update
           set expired_at = null, position = excluded.position, updated_at = excluded.updated_at`,
    values: [
      product.organizationId,
      product.id,
      featureIds.map(() => ledger.newId('product_feature')),
      featureIds,
      product.pricingModelId,
      now,
    ],
  })
}
