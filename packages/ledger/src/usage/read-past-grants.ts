import { sql } from 'kysely'
import { typed } from '../core/typed.ts'
import { UNLIMITED } from '../credits/grant-unlimited.ts'
import type { Queryable } from '../core/queryable.ts'
import type { PayingGrant } from './pay-for.ts'
import type { PastGrant } from './replay.ts'

/** A grant of a meter, with what is left of it or was written off. */
export type GrantRecord = PastGrant &
  PayingGrant & {
    subscriptionId: string
    usageMeterId: string
    /** When it could no longer pay, because it was used up or expired; null while it can. */
    endedAt: number | null
    /** By how much usage exceeds all grants of the meter now. */
    debt: number
  }

/** Reads every grant that meters ever had, except those that cover unlimited usage: neither kind pays for the other. */
export async function readPastGrants(
  from: Queryable,
  meters: {
    organizationId: string
    customerIds: string[]
    subscriptionIds: string[]
    usageMeterIds: string[]
  },
): Promise<GrantRecord[]> {
  const { rows } = await sql<GrantRecord>`
    select given.id, given.subscription_id, given.usage_meter_id, given.created_at, given.expires_at,
           case when given.remaining + booked.written_off > 0 then given.expires_at
                else least(given.expires_at, given.depleted_at, given.closed_at) end as ended_at,
           given.closed_at is not null as written_off, greatest(-kept.balance, 0) as debt, booked.position,
           (given.amount - booked.withheld)::bigint as capacity,
           (given.remaining + booked.written_off)::bigint as remaining
    from credit_grant given
    join meter_balance kept
      on kept.organization_id = given.organization_id and kept.subscription_id = given.subscription_id
     and kept.usage_meter_id = given.usage_meter_id
    cross join lateral (
      select min(entry.id) as position,
             coalesce(sum(entry.amount) filter (where entry.kind in ('revocation', 'transfer_out')), 0) as withheld,
             coalesce(sum(entry.amount) filter (where entry.kind = 'expiry'), 0)
               - coalesce(sum(entry.amount) filter (where entry.kind = 'expiry_reversal'), 0) as written_off
      from ledger_entry entry
      where entry.organization_id = given.organization_id and entry.customer_id = given.customer_id
        and entry.credit_grant_id = given.id and entry.kind <> 'usage'
    ) booked
    where given.organization_id = ${meters.organizationId} and given.customer_id = any(${meters.customerIds})
      and given.subscription_id = any(${meters.subscriptionIds}) and given.usage_meter_id = any(${meters.usageMeterIds})
      and not starts_with(given.reason, ${UNLIMITED})
    order by given.created_at, given.id`.execute(typed(from, 'read-past-grants'))
  return rows
}
