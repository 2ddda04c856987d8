import { createHash } from 'node:crypto'
import type { Transaction } from '@tollgate/database'
import { sql } from 'kysely'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import type { SubscriptionStatus } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'
import type { ResolvedReport } from './resolve-reports.ts'
import type { UsageEvent } from './usage-event.ts'
import { USED_AT } from './used-at.ts'

/** A new event, whether it costs anything, and the state of its subscription on arrival. */
export type InsertedEvent = UsageEvent & {
  counted: boolean
  /** When it was used, in ledger time. */
  usedAt: number
  /** The subscription had already ended. */
  late: boolean
  status: SubscriptionStatus
  periodStart: number
  periodEnd: number
  /** The toggle that lifts the meter's limit, and when it expires or expired for the subscription; null if there is none. */
  unlimitedBy: string | null
  unlimitedUntil: number | null
  /** The latest original expiry of the meter's grants that were written off. */
  expiredUntil: number | null
}

/** For a toggle that has not expired: later than any instant. */
const FOR_EVER = Number.MAX_SAFE_INTEGER

const STATE_COLUMNS = sql`sub.status, sub.period_start, sub.period_end,
  toggle.name as unlimited_by, toggle.until as unlimited_until,
  (select max(given.expires_at) from credit_grant given
   where given.organization_id = event.organization_id and given.subscription_id = event.subscription_id
     and given.usage_meter_id = event.usage_meter_id
     and given.closed_at is not null and given.expires_at is not null) as expired_until`

const UNLIMITED_TOGGLE = sql`select feature.name, coalesce(given.expired_at, ${FOR_EVER}) as until
  from subscription_feature given
  join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
  where given.organization_id = event.organization_id and given.subscription_id = event.subscription_id
    and given.type = 'toggle' and feature.slug = 'unlimited_' || meter.slug
  order by 2 desc limit 1`

/** Inserts events in one statement; those with a known transactionId are not returned. */
export async function insertEvents(
  transaction: Transaction,
  insertion: { ledger: Ledger; organizationId: string; resolved: ResolvedReport[]; now: number },
): Promise<InsertedEvent[]> {
  const { ledger, organizationId, resolved, now } = insertion
  // A property set counts once per meter and period: only if no earlier event, in this batch or stored, has the same one.
  const { rows } = await sql<InsertedEvent & { position: number }>`
    with reported as (
      select *, row_number() over (
               partition by subscription_id, usage_meter_id, properties_key order by position) as repetition
      from unnest(${resolved.map(() => ledger.newId('usage_event'))}::text[],
                  ${resolved.map(({ customerId }) => customerId)}::text[],
                  ${resolved.map(({ report }) => report.subscriptionId)}::text[],
                  ${resolved.map(({ usageMeterId }) => usageMeterId)}::text[],
                  ${resolved.map(({ priceId }) => priceId)}::text[],
                  ${resolved.map(({ report }) => report.transactionId)}::text[],
                  ${resolved.map(({ report }) => report.amount)}::int[],
                  ${resolved.map(({ report }) => report.usageDate ?? now)}::bigint[],
                  ${resolved.map(({ report }) => jsonValue(report.properties))}::jsonb[],
                  ${resolved.map((one) => propertiesKey(one))}::text[])
           with ordinality as row(id, customer_id, subscription_id, usage_meter_id, price_id, transaction_id,
                                  amount, usage_date, properties, properties_key, position)
    ), inserted as (
      insert into usage_event
        (organization_id, customer_id, subscription_id, usage_meter_id, billing_period_id, price_id, id,
         transaction_id, amount, usage_date, properties, properties_key, counted, created_at)
      select ${organizationId}, reported.customer_id, reported.subscription_id, reported.usage_meter_id, sub.period_id,
             reported.price_id, reported.id, reported.transaction_id, reported.amount, reported.usage_date,
             reported.properties, reported.properties_key,
             reported.properties_key is null or (reported.repetition = 1 and not exists (
               select from usage_event earlier
               where earlier.organization_id = ${organizationId}
                 and earlier.subscription_id = reported.subscription_id
                 and earlier.usage_meter_id = reported.usage_meter_id
                 and earlier.billing_period_id = sub.period_id
                 and earlier.properties_key = reported.properties_key)),
             ${now}
      from reported
      join subscription sub on sub.organization_id = ${organizationId} and sub.id = reported.subscription_id
      order by reported.position
      on conflict (organization_id, customer_id, usage_meter_id, transaction_id) do nothing
      returning *
    )
    select event.id, event.created_at, event.created_at as updated_at, false as livemode, event.customer_id,
           event.subscription_id, event.usage_meter_id, event.billing_period_id, event.amount, event.usage_date,
           event.transaction_id, event.price_id, event.properties, meter.pricing_model_id, event.counted,
           ${USED_AT} as used_at, sub.canceled_at is not null as late, ${STATE_COLUMNS}, reported.position
    from inserted event
    join subscription sub on sub.organization_id = event.organization_id and sub.id = event.subscription_id
    join reported on reported.id = event.id
    join usage_meter meter
      on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id
    left join lateral (${UNLIMITED_TOGGLE}) toggle on true
    order by reported.position`.execute(typed(transaction, 'insert-usage-events'))
  return rows.map(({ position: _position, ...event }) => event)
}

/** Names a property set regardless of key order; null on meters that count every event. */
function propertiesKey({ report, aggregationType }: ResolvedReport): string | null {
  if (aggregationType === 'sum') return null
  return createHash('sha256')
    .update(canonical(report.properties ?? {}))
    .digest('base64url')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const pairs = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
