import { parsePricing, PricingFileError, pricingFileSchema } from '@tollgate/contract/pricing'
import { z } from 'zod'
import { createProduct, updateProduct } from '../../catalog/change-product.ts'
import {
  createUsageMeter,
  readUsageMeter,
  updateUsageMeter,
} from '../../catalog/change-usage-meter.ts'
import { clonePricingModel } from '../../catalog/clone-pricing-model.ts'
import { exportPricing } from '../../catalog/export-pricing.ts'
import { defaultPricingModelId, readPricingModel } from '../../catalog/read-pricing-model.ts'
import { setUpPricingModel } from '../../catalog/set-up-pricing-model.ts'
import type { Ledger } from '../../core/ledger.ts'
import { LedgerError } from '../../core/ledger-error.ts'
import {
  aggregationType,
  type PricingModel,
  pricingModelSchema,
  productSchema,
  usageMeterSchema,
} from '../../core/pricing-model.ts'
import { endpoint } from '../endpoint.ts'
import { name, price, product, slug } from './catalog-fields.ts'

const modelAnswer = z.object({ pricingModel: pricingModelSchema })

const pricingModelEndpoints = [
  endpoint('GET /pricing-models/default', {
    summary: 'Read the pricing model that new customers get',
    answer: modelAnswer,
    handle: async ({ ledger, scope }) =>
      showModel(ledger, {
        ...scope,
        pricingModelId: await defaultPricingModelId(ledger.database, scope.organizationId),
      }),
  }),
  endpoint('POST /pricing-models/setup', {
    summary: 'Apply a pricing file (current or legacy format)',
    body: z.looseObject({ name }),
    answer: modelAnswer,
    handle: async ({ ledger, scope, body }) => {
      try {
        const file = parsePricing(JSON.stringify(body, null, 2), 'body')
        const pricingModelId = await setUpPricingModel(ledger, { ...scope, file })
        return await showModel(ledger, { ...scope, pricingModelId })
      } catch (error) {
        if (!(error instanceof PricingFileError)) throw error
        throw new LedgerError('BAD_REQUEST', error.message, { cause: error })
      }
    },
  }),
  endpoint('GET /pricing-models/:pricingModelId', {
    summary: 'Read a pricing model',
    answer: modelAnswer,
    handle: ({ ledger, scope }) => showModel(ledger, scope),
  }),
  endpoint('GET /pricing-models/:pricingModelId/export', {
    summary: 'Read a pricing model as a pricing file',
    answer: pricingFileSchema,
    handle: ({ ledger, scope }) => exportPricing(ledger.database, scope),
  }),
  endpoint('POST /pricing-models/:pricingModelId/clone', {
    summary: 'Copy a pricing model under another name',
    body: z.object({ name }),
    answer: modelAnswer,
    handle: async ({ ledger, scope, body }) =>
      showModel(ledger, {
        ...scope,
        pricingModelId: await clonePricingModel(ledger, { ...scope, name: body.name }),
      }),
  }),
]

const productEndpoints = [
  endpoint('POST /products', {
    summary: 'Create a product with its price and features',
    body: z.object({
      product: product.extend({ pricingModelId: z.string() }),
      price,
      featureIds: z.array(z.string()).max(100).optional(),
    }),
    answer: z.object({ product: productSchema }),
    handle: async ({ ledger, scope, body }) => ({
      product: await createProduct(ledger, {
        ...body,
        ...scope,
        pricingModelId: body.product.pricingModelId,
      }),
    }),
  }),
  endpoint('PUT /products/:productId', {
    summary: 'Update a product; a new price applies to new customers',
    body: z.object({
      product,
      price: price.optional(),
      featureIds: z.array(z.string()).max(100).optional(),
    }),
    answer: z.object({ product: productSchema }),
    handle: async ({ ledger, scope, body }) => ({
      product: await updateProduct(ledger, { ...body, ...scope }),
    }),
  }),
]

const usageMeterEndpoints = [
  endpoint('POST /usage-meters', {
    summary: 'Add a usage meter',
    body: z.object({
      usageMeter: z.object({
        name,
        slug,
        pricingModelId: z.string(),
        aggregationType: aggregationType.default('sum'),
      }),
      price: z
        .object({
          unitPrice: z.int().min(0).default(0),
          usageEventsPerUnit: z.int().min(1).default(1),
        })
        .default({ unitPrice: 0, usageEventsPerUnit: 1 }),
    }),
    answer: z.object({ usageMeter: usageMeterSchema }),
    handle: async ({ ledger, scope, body }) => ({
      usageMeter: await createUsageMeter(ledger, { ...body.usageMeter, ...body.price, ...scope }),
    }),
  }),
  endpoint('GET /usage-meters/:usageMeterId', {
    summary: 'Read a usage meter',
    answer: z.object({ usageMeter: usageMeterSchema }),
    handle: async ({ ledger, scope }) => ({ usageMeter: await readUsageMeter(ledger, scope) }),
  }),
  endpoint('PUT /usage-meters/:usageMeterId', {
    summary: 'Rename a usage meter',
    body: z.object({
      usageMeter: z.object({
        name: name.optional(),
        slug: slug.optional(),
        aggregationType: aggregationType.optional(),
      }),
    }),
    answer: z.object({ usageMeter: usageMeterSchema }),
    handle: async ({ ledger, scope, body }) => ({
      usageMeter: await updateUsageMeter(ledger, { ...body.usageMeter, ...scope }),
    }),
  }),
]

/** Pricing models, products and usage meters. */
export const CATALOG_ENDPOINTS = [
  ...pricingModelEndpoints,
  ...productEndpoints,
  ...usageMeterEndpoints,
]

async function showModel(
  ledger: Ledger,
  key: { organizationId: string; pricingModelId: string },
): Promise<{ pricingModel: PricingModel }> {
  return { pricingModel: await readPricingModel(ledger.database, key) }
}
