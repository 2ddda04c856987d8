import type { Updateable } from 'kysely'
import type { LedgerTransaction } from './ledger-transaction.ts'
import type { Tables } from './tables.gen.ts'
import { typed } from './typed.ts'

/** Updates a subscription of the organisation. */
export async function updateSubscription(
  tx: LedgerTransaction,
  id: string,
  change: Updateable<Tables['subscription']>,
): Promise<void> {
  await typed(tx)
    .updateTable('subscription')
    .set({ ...change, updatedAt: tx.now })
    .where(({ and }) => and({ organizationId: tx.organizationId, id }))
    .execute()
}
