import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { mergedCustomers } from '../core/merged-customers.ts'
import { typed } from '../core/typed.ts'

/** One trial per customer: after that, a plan is paid from its first day. */
export async function hadTrial(tx: LedgerTransaction): Promise<boolean> {
  const trial = await typed(tx)
    .selectFrom('subscription')
    .select('id')
    .where('organizationId', '=', tx.organizationId)
    .where('customerId', 'in', mergedCustomers(tx))
    .where('trialEnd', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return trial !== undefined
}
