import { defaultPricingModelId, readPricingModel } from '../../catalog/read-pricing-model.ts'
import { endpoint } from '../endpoint.ts'

/** What is for sale. */
export const CATALOG_ENDPOINTS = [
  endpoint({
    method: 'get',
    path: '/pricing-models/default',
    summary: 'Read the pricing model that new customers get',
    handle: async ({ ledger, organizationId }) => {
      const pricingModelId = await defaultPricingModelId(ledger.database, organizationId)
      return {
        pricingModel: await readPricingModel(ledger.database, { organizationId, pricingModelId }),
      }
    },
  }),
  endpoint({
    method: 'get',
    path: '/pricing-models/:id',
    summary: 'Read a pricing model',
    handle: async ({ ledger, organizationId, params }) => ({
      pricingModel: await readPricingModel(ledger.database, {
        organizationId,
        pricingModelId: params['id'] ?? '',
      }),
    }),
  }),
]
