import type { Ledger } from '../core/ledger.ts'
import { notFound } from '../core/ledger-error.ts'
import {
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookType,
  webhookType,
} from '../core/schemas/webhook.ts'
import { newWebhookSecret } from './new-webhook-secret.ts'
import { typed } from '../core/typed.ts'

const COLUMNS = ['id', 'url', 'eventTypes as filterTypes', 'active', 'createdAt'] as const

/** Adds an endpoint. Only this answer contains its secret. */
export async function createWebhook(
  ledger: Ledger,
  created: { organizationId: string; url: string; filterTypes?: WebhookType[] | undefined },
): Promise<{ webhook: WebhookEndpoint; secret: string }> {
  const secret = newWebhookSecret()
  const webhook = await typed(ledger.database)
    .insertInto('webhookEndpoint')
    .values({
      organizationId: created.organizationId,
      id: ledger.newId('we'),
      url: created.url,
      secret,
      eventTypes: created.filterTypes ?? webhookType.options,
      createdAt: ledger.clock.now(),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { webhook, secret }
}

/** Reads an organisation's endpoints. */
export function readWebhooks(ledger: Ledger, organizationId: string): Promise<WebhookEndpoint[]> {
  return typed(ledger.database)
    .selectFrom('webhookEndpoint')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

/** Changes an endpoint; an inactive one receives no new events. */
export async function updateWebhook(
  ledger: Ledger,
  change: {
    organizationId: string
    webhookId: string
    url?: string | undefined
    filterTypes?: WebhookType[] | undefined
    active?: boolean | undefined
  },
): Promise<WebhookEndpoint> {
  const { organizationId, webhookId: id, url, filterTypes, active } = change
  const webhook = await typed(ledger.database)
    .updateTable('webhookEndpoint')
    // Sets its own id, so that an empty change is still a statement.
    .set({ id, url, eventTypes: filterTypes, active })
    .where(({ and }) => and({ organizationId, id }))
    .returning(COLUMNS)
    .executeTakeFirst()
  if (!webhook) throw notFound('webhook', change.webhookId)
  return webhook
}

/** Reads the latest deliveries, newest first. */
export function readDeliveries(
  ledger: Ledger,
  { organizationId, limit }: { organizationId: string; limit: number },
): Promise<WebhookDelivery[]> {
  return typed(ledger.database)
    .selectFrom([
      'webhookDelivery as delivery',
      'webhookEvent as event',
      'webhookEndpoint as endpoint',
    ])
    .whereRef('event.organizationId', '=', 'delivery.organizationId')
    .whereRef('event.id', '=', 'delivery.eventId')
    .whereRef('endpoint.organizationId', '=', 'delivery.organizationId')
    .whereRef('endpoint.id', '=', 'delivery.endpointId')
    .where('delivery.organizationId', '=', organizationId)
    .select([
      'delivery.eventId',
      'delivery.endpointId',
      'event.type',
      'event.payload',
      'endpoint.url',
    ])
    .select(['delivery.status', 'delivery.attempts', 'delivery.lastStatus', 'delivery.lastError'])
    .select('event.createdAt')
    .orderBy('event.createdAt', 'desc')
    .orderBy('event.id', 'desc')
    .limit(limit)
    .execute()
}

/** Redelivers an event under the same id. */
export async function replayDelivery(
  ledger: Ledger,
  { organizationId, eventId }: { organizationId: string; eventId: string },
): Promise<number> {
  const rows = await typed(ledger.database)
    .updateTable('webhookDelivery')
    .set({ status: 'pending', attempts: 0, nextAttemptAt: 0 })
    .where(({ and }) => and({ organizationId, eventId }))
    .returning('endpointId')
    .execute()
  if (rows.length === 0) throw notFound('webhook event', eventId)
  return rows.length
}
