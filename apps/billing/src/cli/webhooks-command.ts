import { defineCommand } from 'citty'
import { z } from 'zod'
import { wholeNumber } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { instantText, textTable } from './text-table.ts'

const deliveries = z.object({
  data: z.array(
    z.looseObject({
      eventId: z.string(),
      type: z.string(),
      url: z.string(),
      status: z.string(),
      attempts: z.number(),
      lastStatus: z.number().nullable(),
      lastError: z.string().nullable(),
      createdAt: z.number(),
    }),
  ),
})

const list = defineBillingCommand({
  name: 'list',
  description: 'List webhook deliveries, newest first',
  args: { limit: { type: 'string', default: '20', description: 'How many at most, up to 100' } },
  async run(backend, { limit }) {
    const count = wholeNumber(limit, { name: '--limit', min: 1 })
    const { data } = await backend.get(`/webhooks/deliveries?limit=${count}`, deliveries)
    return {
      data,
      text: textTable(
        ['EVENT', 'WHAT', 'TO', 'STATE', 'ATTEMPTS', 'LAST', 'WHEN'],
        data.map((delivery) => [
          delivery.eventId,
          delivery.type,
          delivery.url,
          delivery.status,
          delivery.attempts,
          delivery.lastError ?? (delivery.lastStatus === null ? '-' : String(delivery.lastStatus)),
          instantText(delivery.createdAt),
        ]),
      ),
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
