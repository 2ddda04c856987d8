import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'
import { USED_AT } from './used-at.ts'

/** A meter from an instant on, and the entry before which it has no postings. */
export type MeterSpan = {
  customerId: string
  subscriptionId: string
  usageMeterId: string
  from: number
  firstEntry: number
}

/** Usage or debt carried on a meter from an instant on: a debt came from elsewhere or, if negative, was moved away or waived. */
export type Movement = {
  subscriptionId: string
  usageMeterId: string
  kind: 'usage' | 'debt'
  at: number
  amount: number
}

/** Reads the movements of meters. Between two of the instants only the sum of usage matters. */
export async function readMovements(
  from: Queryable,
  asked: {
    organizationId: string
    spans: readonly MeterSpan[]
    instants: readonly number[]
    /** The grants that can have paid for it; unlimited usage was covered by other grants. */
    grantIds: readonly string[]
  },
): Promise<Movement[]> {
  const { organizationId, spans, instants, grantIds } = asked
  const { rows } = await sql<Movement>`
    select span.subscription_id, span.usage_meter_id, moved.kind, moved.at, sum(moved.amount)::bigint as amount
    from unnest(${spans.map(({ customerId }) => customerId)}::text[],
                ${spans.map(({ subscriptionId }) => subscriptionId)}::text[],
                ${spans.map(({ usageMeterId }) => usageMeterId)}::text[],
                ${spans.map((span) => span.from)}::bigint[],
                ${spans.map(({ firstEntry }) => firstEntry)}::bigint[])
           as span(customer_id, subscription_id, usage_meter_id, begins_at, first_entry)
    cross join lateral (
      select case when entry.kind = 'usage' then 'usage' else 'debt' end as kind,
             case when entry.kind = 'usage' then (${instants}::bigint[])[width_bucket(${USED_AT}, ${instants}::bigint[])]
                  else entry.occurred_at end as at,
             case when entry.kind in ('usage', 'transfer_out') then entry.amount else -entry.amount end as amount
      from ledger_entry entry
      left join usage_event event
        on event.organization_id = entry.organization_id and event.id = entry.usage_event_id
      where entry.organization_id = ${organizationId} and entry.customer_id = span.customer_id
        and entry.id >= span.first_entry
        and entry.subscription_id = span.subscription_id and entry.usage_meter_id = span.usage_meter_id
        and (entry.credit_grant_id is null or entry.kind = 'usage' and entry.credit_grant_id = any(${grantIds}))
    ) moved
    where moved.at >= span.begins_at
    group by span.subscription_id, span.usage_meter_id, moved.kind, moved.at`.execute(
    typed(from, 'read-meter-movements'),
  )
  return rows
}
