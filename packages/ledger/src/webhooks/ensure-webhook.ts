import type { Ledger } from '../core/ledger.ts'
import { webhookType } from '../core/schemas/webhook.ts'

/** A receiver that brings its own signing secret. */
export type WebhookReceiver = { url: string; secret: string }

/**
 * Registers a receiver of every event. The same secret at another URL is the same receiver that has moved, another secret
 * at the same URL is one that was set up again; an inactive one stays inactive.
 */
export async function ensureWebhook(
  ledger: Ledger,
  { organizationId, url, secret }: WebhookReceiver & { organizationId: string },
): Promise<void> {
  await ledger.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'select pg_advisory_xact_lock(hashtext($1))',
      values: [`webhook:${organizationId}`],
    })
    const found = await transaction.query({
      text: `update webhook_endpoint set url = $2, secret = $3
             where organization_id = $1 and (secret = $3 or url = $2) returning id`,
      values: [organizationId, url, secret],
    })
    if (found.length > 0) return
    await transaction.query({
      text: `insert into webhook_endpoint (organization_id, id, url, secret, event_types, created_at)
             values ($1, $2, $3, $4, $5, $6)`,
      values: [
        organizationId,
        ledger.newId('we'),
        url,
        secret,
        webhookType.options,
        ledger.clock.now(),
      ],
    })
  })
}
