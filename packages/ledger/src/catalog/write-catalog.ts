import type { Transaction } from '@tollgate/database'
import type { CatalogRows } from './catalog-rows.ts'

type Written = { organizationId: string; pricingModelId: string; now: number; rows: CatalogRows }

/** Writes usage meters and resources. */
export async function writeMeters(transaction: Transaction, written: Written): Promise<void> {
  await transaction.query({
    text: `insert into usage_meter
             (organization_id, id, pricing_model_id, slug, name, aggregation_type, position, created_at, updated_at)
           select $1, id, $2, slug, name, "aggregationType", position, $3, $3
           from jsonb_to_recordset($4) as row(id text, slug text, name text, "aggregationType" text, position int)
           on conflict (organization_id, pricing_model_id, slug) do update
           set name = excluded.name, position = excluded.position, updated_at = excluded.updated_at`,
    values: [...modelOf(written), JSON.stringify(written.rows.meters)],
  })
  await transaction.query({
    text: `insert into resource (organization_id, id, pricing_model_id, slug, name, active, created_at, updated_at)
           select $1, id, $2, slug, name, active, $3, $3
           from jsonb_to_recordset($4) as row(id text, slug text, name text, active boolean)
           on conflict (organization_id, pricing_model_id, slug) do update
           set name = excluded.name, active = excluded.active, updated_at = excluded.updated_at`,
    values: [...modelOf(written), JSON.stringify(written.rows.resources)],
  })
}

/** Writes features; those no longer in the file become inactive. */
export async function writeFeatures(transaction: Transaction, written: Written): Promise<void> {
  await transaction.query({
    text: `insert into feature
             (organization_id, id, pricing_model_id, type, slug, name, description, active, amount,
              usage_meter_id, renewal_frequency, resource_id, position, created_at, updated_at)
           select $1, row.id, $2, row.type, row.slug, row.name, row.description, row.active, row.amount,
                  meter.id, row."renewalFrequency", resource.id, row.position, $3, $3
           from jsonb_to_recordset($4) as row(id text, type text, slug text, name text, description text,
                  active boolean, amount int, "usageMeterSlug" text, "renewalFrequency" text,
                  "resourceSlug" text, position int)
           left join usage_meter meter
             on meter.organization_id = $1 and meter.pricing_model_id = $2 and meter.slug = row."usageMeterSlug"
           left join resource
             on resource.organization_id = $1 and resource.pricing_model_id = $2 and resource.slug = row."resourceSlug"
           on conflict (organization_id, pricing_model_id, slug) do update
           set type = excluded.type, name = excluded.name, description = excluded.description,
               active = excluded.active, amount = excluded.amount, usage_meter_id = excluded.usage_meter_id,
               renewal_frequency = excluded.renewal_frequency, resource_id = excluded.resource_id,
               position = excluded.position, updated_at = excluded.updated_at`,
    values: [...modelOf(written), JSON.stringify(written.rows.features)],
  })
  await retire(transaction, { table: 'feature', written, slugs: slugsOf(written.rows.features) })
}

/** Writes products and their features. */
export async function writeProducts(transaction: Transaction, written: Written): Promise<void> {
  await transaction.query({
    text: `update product set is_default = false
           where organization_id = $1 and pricing_model_id = $2 and is_default and slug <> all($3)`,
    values: [
      written.organizationId,
      written.pricingModelId,
      slugsOf(written.rows.products.filter((product) => product.default)),
    ],
  })
  await transaction.query({
    text: `insert into product
             (organization_id, id, pricing_model_id, slug, name, description, image_url, singular_quantity_label,
              plural_quantity_label, active, is_default, position, created_at, updated_at)
           select $1, id, $2, slug, name, description, "imageURL", "singularQuantityLabel",
                  "pluralQuantityLabel", active, "default", position, $3, $3
           from jsonb_to_recordset($4) as row(id text, slug text, name text, description text, "imageURL" text,
                  "singularQuantityLabel" text, "pluralQuantityLabel" text, active boolean, "default" boolean, position int)
           on conflict (organization_id, pricing_model_id, slug) do update
           set name = excluded.name, description = excluded.description, image_url = excluded.image_url,
               singular_quantity_label = excluded.singular_quantity_label,
               plural_quantity_label = excluded.plural_quantity_label, active = excluded.active,
               is_default = excluded.is_default, position = excluded.position, updated_at = excluded.updated_at`,
    values: [...modelOf(written), JSON.stringify(written.rows.products)],
  })
  await retire(transaction, { table: 'product', written, slugs: slugsOf(written.rows.products) })
  await writeProductFeatures(transaction, written)
}

/** Writes prices, of products and of meters. */
export async function writePrices(transaction: Transaction, written: Written): Promise<void> {
  await transaction.query({
    text: `insert into price
             (organization_id, id, pricing_model_id, product_id, usage_meter_id, type, slug, name, active, is_default,
              unit_price, currency, interval_unit, interval_count, trial_period_days, usage_events_per_unit,
              created_at, updated_at)
           select $1, row.id, $2, product.id, meter.id, row.type, row.slug, row.name, row.active, row."isDefault",
                  row."unitPrice", row.currency, row."intervalUnit", row."intervalCount", row."trialPeriodDays",
                  row."usageEventsPerUnit", $3, $3
           from jsonb_to_recordset($4) as row(id text, type text, slug text, name text, active boolean,
                  "isDefault" boolean, "unitPrice" bigint, currency text, "intervalUnit" text, "intervalCount" int,
                  "trialPeriodDays" int, "usageEventsPerUnit" int, "productSlug" text, "meterSlug" text)
           left join product
             on product.organization_id = $1 and product.pricing_model_id = $2 and product.slug = row."productSlug"
           left join usage_meter meter
             on meter.organization_id = $1 and meter.pricing_model_id = $2 and meter.slug = row."meterSlug"
           on conflict (organization_id, pricing_model_id, slug) do update
           set product_id = excluded.product_id, usage_meter_id = excluded.usage_meter_id, type = excluded.type,
               name = excluded.name, active = excluded.active, is_default = excluded.is_default,
               unit_price = excluded.unit_price, currency = excluded.currency,
               interval_unit = excluded.interval_unit, interval_count = excluded.interval_count,
               trial_period_days = excluded.trial_period_days,
               usage_events_per_unit = excluded.usage_events_per_unit, updated_at = excluded.updated_at`,
    values: [...modelOf(written), JSON.stringify(written.rows.prices)],
  })
  await retire(transaction, { table: 'price', written, slugs: slugsOf(written.rows.prices) })
}

async function writeProductFeatures(transaction: Transaction, written: Written): Promise<void> {
  await transaction.query({
    text: `with named as (
             select row.id, product.id as product_id, feature.id as feature_id, row.position
             from jsonb_to_recordset($4) as row(id text, product text, feature text, position int)
             join product on product.organization_id = $1 and product.pricing_model_id = $2 and product.slug = row.product
             join feature on feature.organization_id = $1 and feature.pricing_model_id = $2 and feature.slug = row.feature
           ), gone as (
             update product_feature pf set expired_at = $3, updated_at = $3
             from product
             where pf.organization_id = $1 and product.organization_id = $1 and product.id = pf.product_id
               and product.pricing_model_id = $2 and pf.expired_at is null
               and not exists (select from named
                               where named.product_id = pf.product_id and named.feature_id = pf.feature_id)
           )
           insert into product_feature (organization_id, id, product_id, feature_id, position, created_at, updated_at)
           select $1, id, product_id, feature_id, position, $3, $3 from named
           on conflict (organization_id, product_id, feature_id) do update
           set expired_at = null, position = excluded.position, updated_at = excluded.updated_at`,
    values: [...modelOf(written), JSON.stringify(written.rows.productFeatures)],
  })
}

/** Existing subscriptions may still refer to a record, so it is switched off instead of deleted. */
async function retire(
  transaction: Transaction,
  retired: { table: 'feature' | 'product' | 'price'; written: Written; slugs: string[] },
): Promise<void> {
  await transaction.query({
    text: `update ${retired.table} set active = false, updated_at = $3
           where organization_id = $1 and pricing_model_id = $2 and active and slug <> all($4)`,
    values: [...modelOf(retired.written), retired.slugs],
  })
}

function modelOf({ organizationId, pricingModelId, now }: Written) {
  return [organizationId, pricingModelId, now] as const
}

function slugsOf(rows: readonly { slug: string }[]): string[] {
  return rows.map(({ slug }) => slug)
}
