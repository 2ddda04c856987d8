import type { Metering } from '@tollgate/metering'
import { PLENTIFUL } from './create-bench-router.ts'
import { benchCustomer } from './serve-bench.ts'

/** What the billing backend deducted from these customers, by its own ledger. */
export async function readDeducted(
  metering: Metering,
  customers: readonly string[],
): Promise<number> {
  let deducted = 0
  for (const id of customers) {
    const balances = await metering.sync(benchCustomer(id))
    const balance = balances.find(({ meter }) => meter === PLENTIFUL)
    if (!balance) throw new Error(`${id} has no ${PLENTIFUL}.`)
    deducted += balance.granted - balance.remaining
  }
  return deducted
}
