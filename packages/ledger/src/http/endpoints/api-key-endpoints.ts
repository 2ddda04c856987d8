import { readApiKeys, revokeApiKey } from '../../organizations/organization.ts'
import { endpoint } from '../endpoint.ts'

/** API keys: listed and revoked. */
export const API_KEY_ENDPOINTS = [
  endpoint({
    method: 'get',
    path: '/api-keys',
    summary: 'List the API keys, without the keys themselves',
    handle: async ({ ledger, organizationId }) => ({
      data: await readApiKeys(ledger, organizationId),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/api-keys/:id/revoke',
    summary: 'Revoke an API key, immediately and for good',
    handle: async ({ ledger, organizationId, params }) => ({
      apiKey: await revokeApiKey(ledger, { organizationId, id: params['id'] ?? '' }),
    }),
  }),
]
