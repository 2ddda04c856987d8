import type { Ledger } from '../core/ledger.ts'
import { webhookType } from '../core/schemas/webhook.ts'
import { typed } from '../core/typed.ts'

/** A receiver with its own signing secret. */
export type WebhookReceiver = { url: string; secret: string }

/**
 * Registers a receiver for every event. A known secret with a new URL updates the URL, a known URL with a new secret updates the secret; an
 * inactive receiver stays inactive.
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
    const found = await typed(transaction)
      .updateTable('webhookEndpoint')
      .set({ url, secret })
      .where('organizationId', '=', organizationId)
      .where((eb) => eb('secret', '=', secret).or('url', '=', url))
      .returning('id')
      .execute()
    if (found.length > 0) return
    await typed(transaction)
      .insertInto('webhookEndpoint')
      .values({
        organizationId,
        id: ledger.newId('we'),
        url,
        secret,
        eventTypes: webhookType.options,
        createdAt: ledger.clock.now(),
      })
      .execute()
  })
}
