import type { CallSubject } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import { PLENTIFUL } from './create-bench-router.ts'
import { benchCustomer } from './serve-bench.ts'

/** The subjects of limited customers' calls. */
export const SUBJECTS = [
  { kind: 'member', id: 'ada' },
  { kind: 'key', id: 'k_1' },
] as const satisfies readonly CallSubject[]

/** Sets a limit of each subject for each customer, too high to be reached. */
export async function limitCustomers(
  metering: Metering,
  customers: readonly string[],
): Promise<void> {
  const limit = { meter: PLENTIFUL, amount: Number.MAX_SAFE_INTEGER, period: 'month' as const }
  for (const id of customers) {
    for (const subject of SUBJECTS) {
      await metering.limits.set({ ...limit, customer: benchCustomer(id), subject })
    }
  }
}
