import { z } from 'zod'
import { readApiKeys, revokeApiKey } from '../../organizations/organization.ts'
import { apiKeySchema } from '../../core/schemas/operator.ts'
import { endpoint } from '../endpoint.ts'

/** API keys: listed and revoked. */
export const API_KEY_ENDPOINTS = [
  endpoint('GET /api-keys', {
    summary: 'List the API keys, without the keys themselves',
    answer: z.object({ data: z.array(apiKeySchema) }),
    handle: async ({ ledger, scope }) => ({
      data: await readApiKeys(ledger, scope.organizationId),
    }),
  }),
  endpoint('POST /api-keys/:id/revoke', {
    summary: 'Revoke an API key, immediately and for good',
    answer: z.object({ apiKey: apiKeySchema }),
    handle: async ({ ledger, scope }) => ({ apiKey: await revokeApiKey(ledger, scope) }),
  }),
]
