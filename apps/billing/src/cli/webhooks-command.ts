import { instantText, webhookDeliverySchema } from '@tollgate/ledger/operator'
import { defineCommand } from 'citty'
import { z } from 'zod'
import { LIMIT, wholeNumber } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const deliveries = z.object({ data: z.array(webhookDeliverySchema) })

const list = defineBillingCommand({
  name: 'list',
  description: 'List webhook deliveries, newest first',
  args: { limit: LIMIT },
  async run(backend, { limit }) {
    const count = wholeNumber(limit, { name: '--limit', min: 1 })
    const { data } = await backend.get(`/webhooks/deliveries?limit=${count}`, deliveries)
    return {
      data,
      text: textTable(data, {
        EVENT: ({ eventId }) => eventId,
        TYPE: ({ type }) => type,
        ENDPOINT: ({ url }) => url,
        STATE: ({ status }) => status,
        ATTEMPTS: ({ attempts }) => attempts,
        LAST: ({ lastError, lastStatus }) => lastError ?? String(lastStatus ?? '-'),
        CREATED: ({ createdAt }) => instantText(createdAt),
      }),
    }
  },
})

const replay = defineBillingCommand({
  name: 'replay',
  description: 'Deliver an event again under the same id',
  args: { event: { type: 'positional', required: true, description: 'The event’s id (evt_…)' } },
  async run(backend, { event }) {
    const path = `/webhooks/deliveries/${encodeURIComponent(event)}/replay`
    const data = await backend.post(path, {}, z.object({ replayed: z.number() }))
    return { data, text: `${event} will be delivered again to ${data.replayed} endpoint(s).` }
  },
})

/** `billing webhooks list|replay` */
export const webhooksCommand = defineCommand({
  meta: { name: 'webhooks', description: 'List and replay webhook deliveries' },
  subCommands: { list, replay },
  default: 'list',
})
