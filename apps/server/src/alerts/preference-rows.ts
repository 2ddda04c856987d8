import type { AlertPreferences, CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** A customer's alert preferences, and the secret that signs its webhooks. */
export type StoredPreferences = AlertPreferences & { webhookSecret: string | null }

/** The default thresholds: early enough to act, and when nothing is left. */
export const DEFAULT_PREFERENCES: StoredPreferences = {
  thresholds: [80, 95, 100],
  email: true,
  language: 'en',
  webhookUrl: null,
  webhookSecret: null,
}

/** The alert preferences of these customers; customers without any are left out. */
export async function readPreferences(
  database: Database,
  customerIds: readonly CustomerId[],
): Promise<Map<string, StoredPreferences>> {
  const rows = await database.query<StoredPreferences & { customerId: string }>({
    name: 'read-alert-preferences',
    text: `select customer_id as "customerId", thresholds, email, language, webhook_url as "webhookUrl",
             webhook_secret as "webhookSecret"
           from alert_preference where customer_id = any ($1)`,
    values: [customerIds],
  })
  return new Map(rows.map(({ customerId, ...preferences }) => [customerId, preferences]))
}

/** Stores alert preferences. */
export async function writePreferences(
  database: Database,
  customerId: CustomerId,
  preferences: StoredPreferences,
): Promise<void> {
  const { thresholds, email, language, webhookUrl, webhookSecret } = preferences
  await database.query({
    name: 'write-alert-preferences',
    text: `insert into alert_preference (customer_id, thresholds, email, language, webhook_url, webhook_secret)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (customer_id) do update
             set thresholds = excluded.thresholds, email = excluded.email, language = excluded.language,
                 webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret, updated_at = now()`,
    values: [customerId, thresholds, email, language, webhookUrl, webhookSecret],
  })
}
