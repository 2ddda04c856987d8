import { type CustomerId, customerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** A customer that is to be erased. */
export type DueErasure = { customerId: CustomerId; attempts: number }

/** Claims erasures that are due, oldest first; other processes skip them for a while. */
export async function claimErasures(
  database: Database,
  claim: { limit: number; claimMs: number },
): Promise<DueErasure[]> {
  const rows = await database.query<{ id: string; attempts: number }>({
    name: 'claim-erasures',
    text: `with due as (
             select customer_id from erasure where due_at <= now() order by due_at limit $1 for update skip locked
           )
           update erasure e set due_at = now() + $2 * interval '1 millisecond', attempts = e.attempts + 1
           from due where e.customer_id = due.customer_id
           returning e.customer_id as id, e.attempts`,
    values: [claim.limit, claim.claimMs],
  })
  return rows.map(({ id, attempts }) => ({ customerId: customerId(id), attempts }))
}

/** Records that the customer is fully erased. */
export async function completeErasure(database: Database, customer: CustomerId): Promise<void> {
  await database.query({
    name: 'complete-erasure',
    text: 'update erasure set due_at = null where customer_id = $1',
    values: [customer],
  })
}

/** Deletes the personal data that the server keeps of a customer: alerts, alert preferences, closed prompts. */
export async function deleteAlerts(database: Database, customer: CustomerId): Promise<void> {
  for (const table of ['alert', 'alert_preference', 'alert_dismissed_prompt']) {
    await database.query({
      name: `erase-${table}`,
      text: `delete from ${table} where customer_id = $1`,
      values: [customer],
    })
  }
}
