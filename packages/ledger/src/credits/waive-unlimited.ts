import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { postEntries } from './post-entries.ts'
import { typed } from '../core/typed.ts'

/**
 * Resets negative balances of meters whose limit a plan's `unlimited_<meter>` toggle lifts. Usage may exceed credits within a period, where
 * it is counted, but it is never owed: neither by the next period nor by the next plan.
 */
export async function waiveUnlimited(tx: LedgerTransaction, subscriptionId: string): Promise<void> {
  const { rows: waived } = await sql<{ usageMeterId: string; debt: number }>`
    select kept.usage_meter_id, -kept.balance as debt
    from meter_balance kept
    join usage_meter meter on meter.organization_id = kept.organization_id and meter.id = kept.usage_meter_id
    where kept.organization_id = ${tx.organizationId} and kept.subscription_id = ${subscriptionId}
      and kept.balance < 0
      and exists (select from subscription_feature given
                  join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
                  where given.organization_id = kept.organization_id
                    and given.subscription_id = kept.subscription_id and given.expired_at is null
                    and given.type = 'toggle' and feature.slug = 'unlimited_' || meter.slug)
    order by kept.usage_meter_id`.execute(typed(tx, 'read-unlimited-debts'))
  await postEntries(
    tx,
    waived.map(({ usageMeterId, debt }) => ({
      organizationId: tx.organizationId,
      customerId: tx.customerId,
      subscriptionId,
      usageMeterId,
      kind: 'grant' as const,
      amount: debt,
      grantId: null,
      note: 'unlimited in this plan',
      occurredAt: tx.now,
    })),
  )
}
