import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import type { BreakdownLine, MeterBalance } from '../core/schemas/credits.ts'
import { typed } from '../core/typed.ts'

type BalanceRow = Omit<MeterBalance, 'usedBalance' | 'balanceLimit' | 'breakdown'> & {
  breakdown: BreakdownLine[] | null
}

/**
 * Reads the balances of subscriptions, one row per meter that ever had an entry or that the plan includes. Balances are stored, so reading
 * one costs the same after a million events as after ten.
 */
export async function readBalances(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<MeterBalance[]> {
  const { rows } = await sql<BalanceRow>`
    select meter.id, meter.created_at, meter.updated_at, false as livemode, meter.organization_id,
           meter.pricing_model_id, meter.slug, meter.name, meter.aggregation_type, sub.id as subscription_id,
           coalesce(kept.balance, 0) as available_balance,
           case when sub.status = 'canceled' then null else sub.period_end end as resets_at,
           sub.status <> 'past_due' and exists (select from subscription_feature given
                   join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
                   where given.organization_id = sub.organization_id and given.subscription_id = sub.id
                     and given.expired_at is null and given.type = 'toggle'
                     and feature.slug = 'unlimited_' || meter.slug) as unlimited,
           (select jsonb_agg(jsonb_build_object(
                     'source', grant_row.source, 'name', grant_row.name, 'granted', grant_row.amount,
                     'remaining', grant_row.remaining, 'expiresAt', grant_row.expires_at)
                   order by grant_row.expires_at nulls last, grant_row.created_at, grant_row.id)
            from credit_grant grant_row
            where grant_row.organization_id = sub.organization_id and grant_row.subscription_id = sub.id
              and grant_row.usage_meter_id = meter.id and grant_row.closed_at is null) as breakdown
    from subscription sub
    join usage_meter meter
      on meter.organization_id = sub.organization_id and meter.pricing_model_id = sub.pricing_model_id
    left join meter_balance kept
      on kept.organization_id = sub.organization_id and kept.subscription_id = sub.id
     and kept.usage_meter_id = meter.id
    where sub.organization_id = ${organizationId} and sub.id = any(${subscriptionIds})
      and (kept.balance is not null or exists (
             select from subscription_feature given
             join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
             where given.organization_id = sub.organization_id and given.subscription_id = sub.id
               and given.expired_at is null
               and (given.usage_meter_id = meter.id or feature.slug = 'unlimited_' || meter.slug)))
    order by sub.created_at desc, sub.id, meter.position, meter.id`.execute(
    typed(from, 'read-balances'),
  )
  return rows.map(({ breakdown, ...row }) => withFigures(row, breakdown ?? []))
}

/** `balanceLimit` is the total of the listed grants; usage beyond it shows as used above the limit. */
function withFigures(row: Omit<BalanceRow, 'breakdown'>, breakdown: BreakdownLine[]): MeterBalance {
  const balanceLimit = breakdown.reduce((sum, line) => sum + line.granted, 0)
  return { ...row, balanceLimit, usedBalance: balanceLimit - row.availableBalance, breakdown }
}
