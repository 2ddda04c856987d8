import { openDatabase } from '@tollgate/database'

/**
 * Loses usage events with all their effects on the ledger, as a restore from an older backup would. For tests: it needs the rights of the
 * tables' owner, because append-only triggers prevent it otherwise. Returns how many there were.
 */
export async function loseUsageEvents(
  databaseUrl: string,
  transactionIds: readonly string[],
): Promise<number> {
  const owner = openDatabase({ url: databaseUrl, maxConnections: 1 })
  try {
    return await owner.transaction(async ({ query }) => {
      for (const table of TABLES) await query({ text: `alter table ${table} disable trigger user` })
      for (const text of REFUND_USAGE) await query({ text, values: [transactionIds] })
      const lost = await query({
        text: 'delete from usage_event where transaction_id = any($1) returning id',
        values: [transactionIds],
      })
      for (const table of TABLES) await query({ text: `alter table ${table} enable trigger user` })
      return lost.length
    })
  } finally {
    await owner.close()
  }
}

const TABLES = ['ledger_entry', 'usage_event']

/** The events' entries, summed per grant. */
const ENTRIES = `select entry.organization_id, entry.customer_id, entry.subscription_id, entry.usage_meter_id,
    entry.credit_grant_id, sum(entry.amount) as amount
  from ledger_entry entry
  join usage_event event on event.organization_id = entry.organization_id and event.id = entry.usage_event_id
  where event.transaction_id = any($1)
  group by 1, 2, 3, 4, 5`

const REFUND_USAGE = [
  `update credit_grant given set remaining = given.remaining + taken.amount, depleted_at = null
   from (${ENTRIES}) taken
   where given.organization_id = taken.organization_id and given.customer_id = taken.customer_id
     and given.id = taken.credit_grant_id`,
  `update meter_balance kept set balance = kept.balance + taken.amount, used = kept.used - taken.amount
   from (select organization_id, subscription_id, usage_meter_id, sum(amount) as amount
         from (${ENTRIES}) entries group by 1, 2, 3) taken
   where kept.organization_id = taken.organization_id and kept.subscription_id = taken.subscription_id
     and kept.usage_meter_id = taken.usage_meter_id`,
  `delete from ledger_entry entry using usage_event event
   where event.organization_id = entry.organization_id and event.id = entry.usage_event_id
     and event.transaction_id = any($1)`,
]
