import type { AlertReader } from '@tollgate/api'
import type { Alert, AlertThreshold, CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { type AlertKey, alertId } from './alert-id.ts'

/** How many alerts the notification list shows. */
const LISTED_MAX = 50
const PURGED_AT_ONCE = 10_000

/** A threshold that was reached. */
export type ReachedThreshold = AlertKey & {
  used: number
  granted: number
  resetsAt: string | null
  isAnnounced: boolean
  /** Where it is sent if the customer wants it. */
  channels: { email: boolean; webhook: boolean }
}

/** Records each reached threshold once, with its deliveries; returns those that are new and announced. */
export async function raiseAlerts(
  database: Database,
  reached: readonly ReachedThreshold[],
): Promise<{ alertId: string; customerId: string }[]> {
  if (reached.length === 0) return []
  return database.query({
    name: 'raise-alerts',
    text: `with raised as (
             insert into alert (alert_id, customer_id, subject, meter, threshold, period, used, granted, resets_at, is_announced)
             select x.alert_id, x.customer_id, x.subject, x.meter, x.threshold, x.period, x.used, x.granted, x.resets_at, x.is_announced
             from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::bigint[], $8::bigint[],
               $9::timestamptz[], $10::boolean[])
               x(alert_id, customer_id, subject, meter, threshold, period, used, granted, resets_at, is_announced)
             order by x.alert_id
             on conflict do nothing
             returning alert_id, customer_id, is_announced),
           delivered as (
             insert into alert_delivery (alert_id, channel)
             select r.alert_id, c.channel
             from raised r
             join unnest($1::text[], $11::boolean[], $12::boolean[]) w(alert_id, email, webhook) on w.alert_id = r.alert_id
             cross join lateral (values ('email', w.email), ('webhook', w.webhook)) c(channel, is_wanted)
             where r.is_announced and c.is_wanted)
           select alert_id as "alertId", customer_id as "customerId" from raised where is_announced`,
    values: [
      reached.map(alertId),
      reached.map((alert) => alert.customerId),
      reached.map((alert) => alert.subject),
      reached.map((alert) => alert.meter),
      reached.map((alert) => alert.threshold),
      reached.map((alert) => alert.period),
      reached.map((alert) => alert.used),
      reached.map((alert) => alert.granted),
      reached.map((alert) => alert.resetsAt),
      reached.map((alert) => alert.isAnnounced),
      reached.map((alert) => alert.channels.email),
      reached.map((alert) => alert.channels.webhook),
    ],
  })
}

/** The newest alerts of a customer that were not dismissed, and how many of them all the reader has not read. */
export async function listAlerts(
  database: Database,
  { customerId, memberId }: AlertReader,
): Promise<{ alerts: Alert[]; unread: number }> {
  const rows = await database.query<AlertRow>({
    name: 'list-alerts',
    text: `select a.alert_id as id, a.meter, a.threshold, a.used, a.granted, a.resets_at as "resetsAt", a.raised_at as "raisedAt",
             r.read_at is not null as "isRead", count(*) filter (where r.read_at is null) over ()::integer as unread
           from alert a
           left join lateral (
             select a.read_at where a.read_at is not null
             union all
             select ar.read_at from alert_read ar where ar.alert_id = a.alert_id and ar.user_id = $3 limit 1) r on true
           where a.customer_id = $1 and a.is_announced and a.dismissed_at is null
           order by a.raised_at desc, a.alert_id desc limit $2`,
    values: [customerId, LISTED_MAX, memberId],
  })
  const alerts = rows.map(({ unread: _unread, ...row }) => ({
    ...row,
    resetsAt: row.resetsAt?.toISOString() ?? null,
    raisedAt: row.raisedAt.toISOString(),
  }))
  return { alerts, unread: rows[0]?.unread ?? 0 }
}

type AlertRow = Omit<Alert, 'resetsAt' | 'raisedAt' | 'threshold'> & {
  threshold: AlertThreshold
  resetsAt: Date | null
  raisedAt: Date
  unread: number
}

/** Marks alerts as read by the customer, or by one member of it. */
export async function markAlertsRead(
  database: Database,
  { customerId, memberId }: AlertReader,
  alertIds: readonly string[],
): Promise<void> {
  if (memberId === null) {
    await database.query({
      name: 'mark-alerts-read',
      text: `update alert set read_at = now() where customer_id = $1 and alert_id = any ($2) and read_at is null`,
      values: [customerId, alertIds],
    })
    return
  }
  await database.query({
    name: 'mark-alerts-read-by-member',
    text: `insert into alert_read (alert_id, user_id)
           select a.alert_id, $3 from alert a where a.customer_id = $1 and a.alert_id = any ($2)
           on conflict do nothing`,
    values: [customerId, alertIds, memberId],
  })
}

/** Removes an alert from its customer's list. */
export async function dismissAlert(
  database: Database,
  customerId: CustomerId,
  alertId: string,
): Promise<void> {
  await database.query({
    name: 'dismiss-alert',
    text: `update alert set dismissed_at = now() where customer_id = $1 and alert_id = $2 and dismissed_at is null`,
    values: [customerId, alertId],
  })
}

/** Deletes alerts and closed prompts of periods that ended long ago. */
export async function purgeAlerts(database: Database, keptDays: number): Promise<void> {
  if (keptDays === Infinity) return
  await database.query({
    name: 'purge-alerts',
    text: `delete from alert where alert_id in (
             select alert_id from alert where raised_at < now() - $1 * interval '1 day' order by raised_at limit $2)`,
    values: [keptDays, PURGED_AT_ONCE],
  })
  await database.query({
    name: 'purge-dismissed-prompts',
    text: `delete from alert_dismissed_prompt where (customer_id, prompt_id) in (
             select customer_id, prompt_id from alert_dismissed_prompt
             where dismissed_at < now() - $1 * interval '1 day' order by dismissed_at limit $2)`,
    values: [keptDays, PURGED_AT_ONCE],
  })
}
