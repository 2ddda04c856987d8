import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

const DAY_MS = 86_400_000

/** The usage of one meter on one day (UTC). */
export type DayOfUsage = { day: string; usageMeterSlug: string; amount: number; events: number }

/** The number of days, counted back from the current ledger time. */
export type UsagePerDay = {
  organizationId: string
  now: number
  days: number
  customerExternalId?: string | undefined
}

/** Sums the charges per day and meter, by recording time; days without usage are left out. */
export async function readUsagePerDay(
  from: Queryable,
  { organizationId, now, days, customerExternalId }: UsagePerDay,
): Promise<DayOfUsage[]> {
  const { rows } = await sql<Omit<DayOfUsage, 'day'> & { dayNumber: number }>`
    select event.created_at / ${sql.lit(DAY_MS)} as day_number, meter.slug as usage_meter_slug,
           coalesce(sum(event.amount) filter (where event.counted), 0)::bigint as amount, count(*) as events
    from usage_event event
    join usage_meter meter
      on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id
    where event.organization_id = ${organizationId} and event.created_at >= ${firstDay(now, days) * DAY_MS}
      and (${customerExternalId}::text is null or event.customer_id in (
             select id from customer
             where organization_id = ${organizationId} and external_id = ${customerExternalId}))
    group by 1, 2 order by 1, 2`.execute(typed(from))
  return rows.map(({ dayNumber, ...row }) => ({ day: nameOf(dayNumber), ...row }))
}

/** The dates of the period, oldest first, including days without usage. */
export function daysUntil(now: number, days: number): string[] {
  const first = firstDay(now, days)
  return Array.from({ length: days }, (_, index) => nameOf(first + index))
}

function firstDay(now: number, days: number): number {
  return Math.floor(now / DAY_MS) - days + 1
}

function nameOf(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
}
