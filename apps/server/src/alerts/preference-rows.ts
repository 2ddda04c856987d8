import type { AlertPreferences, CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** What a customer is alerted of who has not said otherwise: in time to act, and when nothing is left. */
export const DEFAULT_PREFERENCES: AlertPreferences = { thresholds: [80, 95, 100] }

/** What each of these customers wants to be alerted of; one who has not said so is left out. */
export async function readPreferences(
  database: Database,
  customerIds: readonly CustomerId[],
): Promise<Map<string, AlertPreferences>> {
  const rows = await database.query<AlertPreferences & { customerId: string }>({
    name: 'read-alert-preferences',
    text: `select customer_id as "customerId", thresholds from alert_preference where customer_id = any ($1)`,
    values: [customerIds],
  })
  return new Map(rows.map(({ customerId, ...preferences }) => [customerId, preferences]))
}

/** Writes what a customer wants to be alerted of. */
export async function writePreferences(
  database: Database,
  customerId: CustomerId,
  { thresholds }: AlertPreferences,
): Promise<void> {
  await database.query({
    name: 'write-alert-preferences',
    text: `insert into alert_preference (customer_id, thresholds) values ($1, $2)
           on conflict (customer_id) do update set thresholds = excluded.thresholds, updated_at = now()`,
    values: [customerId, thresholds],
  })
}
