import type { CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { callForCustomer } from '../store/call-routine.ts'
import { openMeteringDatabase } from '../store/metering-database.ts'

const ANONYMOUS = { name: 'Deleted', email: 'deleted@customer.invalid' }
const RESULTS_PER_STEP = 500

/**
 * Removes a customer's name, address and stored results; its operations and charges stay under its id. Idempotent. Returns `running`
 * while an operation may still store a result: repeat it once that operation has ended.
 */
export async function eraseCustomer(
  database: Database,
  customerId: CustomerId,
): Promise<'erased' | 'running'> {
  const metering = await openMeteringDatabase(database)
  for (;;) {
    const outcome = await callForCustomer<'erased' | 'running' | 'more'>(
      metering,
      'erase_customer',
      [customerId, ANONYMOUS.name, ANONYMOUS.email, RESULTS_PER_STEP],
    )
    if (outcome !== 'more') return outcome
  }
}
