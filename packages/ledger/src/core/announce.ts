import type { Books } from './books.ts'

/** What the backend tells others about. */
export type WebhookType =
  | 'customer.created'
  | 'customer.updated'
  | 'purchase.completed'
  | 'payment.failed'
  | 'payment.succeeded'
  | 'subscription.created'
  | 'subscription.updated'
  | 'subscription.canceled'

/** Every kind of event, in the order of the documentation. */
export const WEBHOOK_TYPES: readonly WebhookType[] = [
  'customer.created',
  'customer.updated',
  'purchase.completed',
  'payment.failed',
  'payment.succeeded',
  'subscription.created',
  'subscription.updated',
  'subscription.canceled',
]

/** Writes down, in the same transaction as what happened, that it is to be told to every endpoint that listens. */
export async function announce(
  books: Books,
  event: { type: WebhookType; object: string; id: string },
): Promise<void> {
  const payload = {
    id: event.id,
    object: event.object,
    customer: { id: books.customerId, externalId: books.externalId },
    pricingModelId: books.pricingModelId,
  }
  await books.transaction.query({
    name: 'announce',
    text: `with listening as (
             select id from webhook_endpoint
             where organization_id = $1 and active and $3 = any(event_types)
           ), happened as (
             insert into webhook_event (organization_id, id, type, payload, created_at)
             select $1, $2, $3, $4, $5 where exists (select from listening) returning id
           )
           insert into webhook_delivery (organization_id, event_id, endpoint_id, status, next_attempt_at)
           select $1, happened.id, listening.id, 'pending', 0 from happened, listening`,
    values: [books.organizationId, books.ledger.newId('evt'), event.type, payload, books.now],
  })
}
