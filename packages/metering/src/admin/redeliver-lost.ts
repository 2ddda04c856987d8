import type { BillingBackend, UsageReceipt } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { type LostCharge, redeliver } from '../drift/redeliver.ts'
import { callForCustomer } from '../store/call-routine.ts'
import { openMeteringDatabase } from '../store/metering-database.ts'
import type { ChangeAuthor } from './change-author.ts'

/**
 * Redelivers charges that the backend lost, on behalf of an operator: each is recorded before it is delivered, because no transaction
 * spans both.
 */
export async function redeliverLost(
  sides: { database: Database; backend: BillingBackend; author: ChangeAuthor },
  lost: readonly LostCharge[],
): Promise<UsageReceipt[]> {
  const database = await openMeteringDatabase(sides.database)
  for (const { customerId, charge } of lost) {
    const { transactionId, operationId, meter, amount } = charge
    const before = { transactionId, meter, amount, state: 'missing at the backend' }
    await callForCustomer(database, 'record_operator_change', [
      customerId,
      sides.author,
      'redeliver',
      operationId,
      transactionId,
      before,
      { ...before, state: 'delivered again' },
    ])
  }
  return redeliver(sides.backend, lost)
}
