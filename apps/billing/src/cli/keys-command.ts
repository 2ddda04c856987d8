import { defineCommand } from 'citty'
import { z } from 'zod'
import { defineBillingCommand } from './define-billing-command.ts'
import { instantText, textTable } from './text-table.ts'

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  revokedAt: z.number().nullable(),
})

const list = defineBillingCommand({
  name: 'list',
  description: 'List the API keys, newest first',
  args: {},
  async run(backend) {
    const { data } = await backend.get('/api-keys', z.object({ data: z.array(apiKey) }))
    return {
      data,
      text: textTable(
        ['ID', 'NAME', 'CREATED', 'REVOKED'],
        data.map(({ id, name, createdAt, revokedAt }) => [
          id,
          name,
          instantText(createdAt),
          revokedAt === null ? '-' : instantText(revokedAt),
        ]),
      ),
    }
  },
})

const revoke = defineBillingCommand({
  name: 'revoke',
  description: 'Revoke an API key, immediately and for good',
  args: { id: { type: 'positional', required: true, description: 'Its ID, as listed' } },
  async run(backend, { id }) {
    const path = `/api-keys/${encodeURIComponent(id)}/revoke`
    const { apiKey: revoked } = await backend.post(path, {}, z.object({ apiKey }))
    return { data: revoked, text: `${revoked.name} (${revoked.id}) opens nothing any more.` }
  },
})

/** `billing keys list|revoke` */
export const keysCommand = defineCommand({
  meta: { name: 'keys', description: 'Look at the API keys and revoke one' },
  subCommands: { list, revoke },
  default: 'list',
})
