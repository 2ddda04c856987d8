import type { BillingCustomer, CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Senders give up after a day or two; a person may redeliver an event some days later. */
const KEPT_DAYS = 7
const PURGED_AT_ONCE = 10_000

/** The id prefix of events that our own database records when a customer's name or address changes. */
export const ADDRESS_EVENT = 'billing_address_'

/** An event whose customer has not been synced since; null if no user or organization pays as that customer. */
export type DueEvent = { id: string; customerId: string; customer: BillingCustomer | null }

/** Records an event and its customer as due, in one statement; does nothing if the id exists. */
export async function recordEvent(
  database: Database,
  event: { id: string; customerId: CustomerId },
): Promise<void> {
  await database.query({
    name: 'record-flowglad-event',
    text: `insert into flowglad_event (id, customer_id) values ($1, $2) on conflict (id) do nothing`,
    values: [event.id, event.customerId],
  })
}

/** Claims due events for a while, oldest first; other processes skip them meanwhile. */
export function claimEvents(
  database: Database,
  claim: { limit: number; claimMs: number },
): Promise<DueEvent[]> {
  return database.query<DueEvent>({
    name: 'claim-flowglad-events',
    text: `with due as (
             select id from flowglad_event where due_at <= now() order by due_at limit $1 for update skip locked
           )
           update flowglad_event event set due_at = now() + $2 * interval '1 millisecond'
           from due where event.id = due.id
           returning event.id, event.customer_id as "customerId",
             (select jsonb_build_object('customerId', "customerId", 'name', name, 'email', email)
              from (
                select "customerId", name, email from auth_user where "customerId" = event.customer_id
                union all
                select "customerId", name, "billingEmail" from auth_organization
                where "customerId" = event.customer_id
              ) payer) as customer`,
    values: [claim.limit, claim.claimMs],
  })
}

/** Marks events as done. */
export async function completeEvents(database: Database, ids: readonly string[]): Promise<void> {
  await database.query({
    name: 'complete-flowglad-events',
    text: 'update flowglad_event set due_at = null where id = any ($1)',
    values: [ids],
  })
}

/** Schedules a later retry of events. */
export async function postponeEvents(
  database: Database,
  ids: readonly string[],
  delayMs: number,
): Promise<void> {
  await database.query({
    name: 'postpone-flowglad-events',
    text: `update flowglad_event set due_at = now() + $2 * interval '1 millisecond' where id = any ($1)`,
    values: [ids, delayMs],
  })
}

/** Deletes events that senders no longer redeliver. */
export async function purgeEvents(database: Database): Promise<void> {
  await database.query({
    name: 'purge-flowglad-events',
    text: `delete from flowglad_event where id in (
             select id from flowglad_event
             where due_at is null and received_at < now() - $1 * interval '1 day' limit $2)`,
    values: [KEPT_DAYS, PURGED_AT_ONCE],
  })
}
