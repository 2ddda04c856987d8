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
import { LedgerError } from '../../core/ledger-error.ts'
import { endpoint } from '../endpoint.ts'
import { name, price, product, slug } from './catalog-fields.ts'
import { pricingModelAnswer, productAnswer, usageMeterAnswer } from '../answers/catalog-answers.ts'

const pricingModelEndpoints = [
  endpoint({
    method: 'get',
    path: '/pricing-models/default',
    summary: 'Read the pricing model that new customers get',
    answer: z.object({ pricingModel: pricingModelAnswer }),
    handle: async ({ ledger, organizationId }) => {
      const pricingModelId = await defaultPricingModelId(ledger.database, organizationId)
      return {
        pricingModel: await readPricingModel(ledger.database, { organizationId, pricingModelId }),
      }
    },
  }),
  endpoint({
    method: 'post',
    path: '/pricing-models/setup',
    summary: 'Apply a pricing file (current or legacy format)',
    body: z.looseObject({ name }),
    answer: z.object({ pricingModel: pricingModelAnswer }),
    handle: async ({ ledger, organizationId, body }) => {
      try {
        const file = parsePricing(JSON.stringify(body, null, 2), 'body')
        const pricingModelId = await setUpPricingModel(ledger, { organizationId, file })
        return {
          pricingModel: await readPricingModel(ledger.database, { organizationId, pricingModelId }),
        }
      } catch (error) {
        if (!(error instanceof PricingFileError)) throw error
        throw new LedgerError('BAD_REQUEST', error.message, { cause: error })
      }
    },
  }),
  endpoint({
    method: 'get',
    path: '/pricing-models/:id',
    summary: 'Read a pricing model',
    answer: z.object({ pricingModel: pricingModelAnswer }),
    handle: async ({ ledger, organizationId, params }) => ({
      pricingModel: await readPricingModel(ledger.database, {
        organizationId,
        pricingModelId: params.id,
      }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/pricing-models/:id/export',
    summary: 'Read a pricing model as a pricing file',
    answer: pricingFileSchema,
    handle: ({ ledger, organizationId, params }) =>
      exportPricing(ledger.database, { organizationId, pricingModelId: params.id }),
  }),
  endpoint({
    method: 'post',
    path: '/pricing-models/:id/clone',
    summary: 'Copy a pricing model under another name',
    body: z.object({ name }),
    answer: z.object({ pricingModel: pricingModelAnswer }),
    handle: async ({ ledger, organizationId, params, body }) => {
      const source = { organizationId, pricingModelId: params.id, name: body.name }
      const pricingModelId = await clonePricingModel(ledger, source)
      return {
        pricingModel: await readPricingModel(ledger.database, { organizationId, pricingModelId }),
      }
    },
  }),
]

const productEndpoints = [
  endpoint({
    method: 'post',
    path: '/products',
    summary: 'Create a product with its price and features',
    body: z.object({
      product: product.extend({ pricingModelId: z.string() }),
      price,
      featureIds: z.array(z.string()).max(100).optional(),
    }),
    answer: z.object({ product: productAnswer }),
    handle: async ({ ledger, organizationId, body }) => ({
      product: await createProduct(ledger, {
        ...body,
        organizationId,
        pricingModelId: body.product.pricingModelId,
      }),
    }),
  }),
  endpoint({
    method: 'put',
    path: '/products/:id',
    summary: 'Update a product; a new price applies to new customers',
    body: z.object({
      product,
      price: price.optional(),
      featureIds: z.array(z.string()).max(100).optional(),
    }),
    answer: z.object({ product: productAnswer }),
    handle: async ({ ledger, organizationId, params, body }) => ({
      product: await updateProduct(ledger, {
        ...body,
        organizationId,
        productId: params.id,
      }),
    }),
  }),
]

const usageMeterEndpoints = [
  endpoint({
    method: 'post',
    path: '/usage-meters',
    summary: 'Add a usage meter',
    body: z.object({
      usageMeter: z.object({
        name,
        slug,
        pricingModelId: z.string(),
        aggregationType: z.enum(['sum', 'count_distinct_properties']).default('sum'),
      }),
      price: z
        .object({
          unitPrice: z.int().min(0).default(0),
          usageEventsPerUnit: z.int().min(1).default(1),
        })
        .default({ unitPrice: 0, usageEventsPerUnit: 1 }),
    }),
    answer: z.object({ usageMeter: usageMeterAnswer }),
    handle: async ({ ledger, organizationId, body }) => ({
      usageMeter: await createUsageMeter(ledger, {
        organizationId,
        ...body.usageMeter,
        ...body.price,
      }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/usage-meters/:id',
    summary: 'Read a usage meter',
    answer: z.object({ usageMeter: usageMeterAnswer }),
    handle: async ({ ledger, organizationId, params }) => ({
      usageMeter: await readUsageMeter(ledger, {
        organizationId,
        usageMeterId: params.id,
      }),
    }),
  }),
  endpoint({
    method: 'put',
    path: '/usage-meters/:id',
    summary: 'Rename a usage meter',
    body: z.object({
      usageMeter: z.object({
        name: name.optional(),
        slug: slug.optional(),
        aggregationType: z.enum(['sum', 'count_distinct_properties']).optional(),
      }),
    }),
    answer: z.object({ usageMeter: usageMeterAnswer }),
    handle: async ({ ledger, organizationId, params, body }) => ({
      usageMeter: await updateUsageMeter(ledger, {
        organizationId,
        usageMeterId: params.id,
        ...body.usageMeter,
      }),
    }),
  }),
]

/** What is for sale and what is counted. */
export const CATALOG_ENDPOINTS = [
  ...pricingModelEndpoints,
  ...productEndpoints,
  ...usageMeterEndpoints,
]
