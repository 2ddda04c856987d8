import type { Alert, AlertLanguage } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** A delivery of an alert. Addresses are read when it is sent, so that it goes to the customer's current ones. */
export type AlertDelivery = Pick<Alert, 'meter' | 'threshold' | 'used' | 'granted'> & {
  alertId: string
  channel: 'email' | 'webhook'
  /** The number of attempts, including this one. */
  attempts: number
  subject: string
  period: string
  resetsAt: Date | null
  raisedAt: Date
  language: AlertLanguage
  /** The account's address, or the billing address of an organization; null unless an account has verified it. */
  email: string | null
  webhookUrl: string | null
  webhookSecret: string | null
}

/** Claims due deliveries for a while, oldest first; other processes skip them meanwhile. */
export function claimDeliveries(
  database: Database,
  claim: { limit: number; claimMs: number },
): Promise<AlertDelivery[]> {
  return database.query<AlertDelivery>({
    name: 'claim-alert-deliveries',
    text: `with due as (
             select alert_id, channel from alert_delivery where due_at <= now() order by due_at limit $1 for update skip locked
           ),
           claimed as (
             update alert_delivery d set due_at = now() + $2 * interval '1 millisecond', attempts = d.attempts + 1
             from due where d.alert_id = due.alert_id and d.channel = due.channel
             returning d.alert_id, d.channel, d.attempts
           )
           select c.alert_id as "alertId", c.channel, c.attempts, a.subject, a.meter, a.threshold, a.period, a.used, a.granted,
             a.resets_at as "resetsAt", a.raised_at as "raisedAt", coalesce(p.language, 'en') as language,
             p.webhook_url as "webhookUrl", p.webhook_secret as "webhookSecret",
             (select u.email from auth_user u
              where u."emailVerified" and (u."customerId" = a.customer_id or u.email =
                (select lower(o."billingEmail") from auth_organization o where o."customerId" = a.customer_id))) as email
           from claimed c
           join alert a on a.alert_id = c.alert_id
           left join alert_preference p on p.customer_id = a.customer_id
           order by a.raised_at, c.alert_id`,
    values: [claim.limit, claim.claimMs],
  })
}

/** Records the outcome of an attempt: delivered, to be retried later, or given up. */
export async function recordDelivery(
  database: Database,
  { alertId, channel }: Pick<AlertDelivery, 'alertId' | 'channel'>,
  outcome: { failure: string | null; retryAfterMs: number | null },
): Promise<void> {
  await database.query({
    name: 'record-alert-delivery',
    text: `update alert_delivery
           set due_at = now() + $3::bigint * interval '1 millisecond', failure = $4,
               delivered_at = case when $4::text is null then now() end
           where alert_id = $1 and channel = $2 and delivered_at is null`,
    values: [alertId, channel, outcome.retryAfterMs, outcome.failure],
  })
}
