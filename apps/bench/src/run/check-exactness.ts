import { HOLDS, checkInvariants } from '@tollgate/metering/postgres'
import { z } from 'zod'
import { BILLED_CUSTOMERS } from './customers.ts'
import type { Harness } from './open-harness.ts'

/** The ledger after the run, and whether it is exact to the credit. */
export type Exactness = {
  /** Successful calls, as counted by the load generator and the loops. */
  succeeded: number
  settled: number
  events: number
  /** What the billing backend deducted after everything was delivered. */
  deducted: number
  /** The lowest balance of any customer. */
  lowest: number
  /** Violated invariants of metering. */
  violations: string[]
  exact: boolean
}

/** Compares what callers saw with metering's ledger and the backend's, once everything was delivered. */
export async function checkExactness(harness: Harness, succeeded: number): Promise<Exactness> {
  const { database, child } = harness.subject
  const [ledger] = await database.query<{ settled: number; events: number; lowest: number }>({
    text: `select
        (select count(*) from metering.operation where state = 'settled' and customer_id = any ($1)) as settled,
        (select coalesce(sum(charged), 0)::bigint from ${HOLDS} h where customer_id = any ($1)) as events,
        (select min(synced_balance - unsynced - held) from metering.account) as lowest`,
    values: [BILLED_CUSTOMERS],
  })
  const deducted = await child.request({
    name: 'deducted',
    input: BILLED_CUSTOMERS,
    answer: z.number(),
  })
  const violations = (await checkInvariants(database)).map(({ invariant }) => invariant.id)
  const { settled = Number.NaN, events = Number.NaN, lowest = Number.NaN } = ledger ?? {}
  return {
    succeeded,
    settled,
    events,
    deducted,
    lowest,
    violations,
    exact:
      succeeded === settled &&
      succeeded === events &&
      succeeded === deducted &&
      lowest >= 0 &&
      violations.length === 0,
  }
}
