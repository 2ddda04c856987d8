import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { MERGED_CUSTOMERS } from '../core/merged-customers.ts'

/** One trial per customer: the second time the plan is paid from its first day. */
export async function hadTrial(tx: LedgerTransaction): Promise<boolean> {
  const rows = await tx.query({
    text: `select id from subscription
           where organization_id = $1 and customer_id in (${MERGED_CUSTOMERS}) and trial_end is not null limit 1`,
    values: [tx.organizationId, tx.customerId],
  })
  return rows.length > 0
}
