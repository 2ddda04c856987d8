import type { Ledger } from '../core/ledger.ts'
import { notFound } from '../core/ledger-error.ts'
import {
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookType,
  webhookType,
} from '../core/schemas/webhook.ts'
import { newWebhookSecret } from './new-webhook-secret.ts'

const COLUMNS = `id, url, event_types as "filterTypes", active, created_at as "createdAt"`

/** Adds an endpoint. Its secret is in this answer alone. */
export async function createWebhook(
  ledger: Ledger,
  created: { organizationId: string; url: string; filterTypes?: WebhookType[] | undefined },
): Promise<{ webhook: WebhookEndpoint; secret: string }> {
  const secret = newWebhookSecret()
  const [webhook] = await ledger.database.query<WebhookEndpoint>({
    text: `insert into webhook_endpoint (organization_id, id, url, secret, event_types, created_at)
           values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
    values: [
      created.organizationId,
      ledger.newId('we'),
      created.url,
      secret,
      created.filterTypes ?? webhookType.options,
      ledger.clock.now(),
    ],
  })
  if (!webhook) throw new Error('The webhook endpoint was not written.')
  return { webhook, secret }
}

/** Reads an organisation's endpoints. */
export function readWebhooks(ledger: Ledger, organizationId: string): Promise<WebhookEndpoint[]> {
  return ledger.database.query<WebhookEndpoint>({
    text: `select ${COLUMNS} from webhook_endpoint where organization_id = $1 order by created_at, id`,
    values: [organizationId],
  })
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
  const [webhook] = await ledger.database.query<WebhookEndpoint>({
    text: `update webhook_endpoint set url = coalesce($3, url), event_types = coalesce($4, event_types),
             active = coalesce($5, active)
           where organization_id = $1 and id = $2 returning ${COLUMNS}`,
    values: [
      change.organizationId,
      change.webhookId,
      change.url ?? null,
      change.filterTypes ?? null,
      change.active ?? null,
    ],
  })
  if (!webhook) throw notFound('webhook', change.webhookId)
  return webhook
}

/** Reads the latest deliveries, newest first. */
export function readDeliveries(
  ledger: Ledger,
  { organizationId, limit }: { organizationId: string; limit: number },
): Promise<WebhookDelivery[]> {
  return ledger.database.query<WebhookDelivery>({
    text: `select delivery.event_id as "eventId", delivery.endpoint_id as "endpointId", event.type, event.payload,
                  endpoint.url, delivery.status, delivery.attempts, delivery.last_status as "lastStatus",
                  delivery.last_error as "lastError", event.created_at as "createdAt"
           from webhook_delivery delivery
           join webhook_event event
             on event.organization_id = delivery.organization_id and event.id = delivery.event_id
           join webhook_endpoint endpoint
             on endpoint.organization_id = delivery.organization_id and endpoint.id = delivery.endpoint_id
           where delivery.organization_id = $1
           order by event.created_at desc, event.id desc limit $2`,
    values: [organizationId, limit],
  })
}

/** Delivers an event once more, under the same id. */
export async function replayDelivery(
  ledger: Ledger,
  { organizationId, eventId }: { organizationId: string; eventId: string },
): Promise<number> {
  const rows = await ledger.database.query({
    text: `update webhook_delivery set status = 'pending', attempts = 0, next_attempt_at = 0
           where organization_id = $1 and event_id = $2 returning endpoint_id`,
    values: [organizationId, eventId],
  })
  if (rows.length === 0) throw notFound('webhook event', eventId)
  return rows.length
}
