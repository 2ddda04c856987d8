import type { LedgerTransaction } from './ledger-transaction.ts'
import type { WebhookType } from './schemas/webhook.ts'

/** Queues a webhook event for every subscribed endpoint, in the same transaction as the change. */
export async function announce(
  tx: LedgerTransaction,
  event: { type: WebhookType; object: string; id: string },
): Promise<void> {
  const payload = {
    id: event.id,
    object: event.object,
    customer: { id: tx.customerId, externalId: tx.externalId },
    pricingModelId: tx.pricingModelId,
  }
  await tx.query({
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
    values: [tx.organizationId, tx.ledger.newId('evt'), event.type, payload, tx.now],
  })
}
