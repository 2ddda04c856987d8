import { apiKeySchema, instantText } from '@tollgate/ledger/operator'
import { defineCommand } from 'citty'
import { z } from 'zod'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const list = defineBillingCommand({
  name: 'list',
  description: 'List the API keys, newest first',
  args: {},
  async run(backend) {
    const { data } = await backend.get('/api-keys', z.object({ data: z.array(apiKeySchema) }))
    return {
      data,
      text: textTable(data, {
        ID: ({ id }) => id,
        NAME: ({ name }) => name,
        CREATED: ({ createdAt }) => instantText(createdAt),
        REVOKED: ({ revokedAt }) => (revokedAt === null ? '-' : instantText(revokedAt)),
      }),
    }
  },
})

const revoke = defineBillingCommand({
  name: 'revoke',
  description: 'Revoke an API key, immediately and for good',
  args: { id: { type: 'positional', required: true, description: 'Its ID, as listed' } },
  async run(backend, { id }) {
    const path = `/api-keys/${encodeURIComponent(id)}/revoke`
    const { apiKey } = await backend.post(path, {}, z.object({ apiKey: apiKeySchema }))
    return { data: apiKey, text: `Revoked ${apiKey.name} (${apiKey.id}).` }
  },
})

/** `billing keys list|revoke` */
export const keysCommand = defineCommand({
  meta: { name: 'keys', description: 'List the API keys and revoke one' },
  subCommands: { list, revoke },
  default: 'list',
})
