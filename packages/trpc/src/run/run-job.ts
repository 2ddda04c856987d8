import type { CallSubject, OperationKey } from '@tollgate/contract'
import {
  type Billed,
  type Codec,
  type DeclaredCost,
  type Metering,
  SetupError,
  type Work,
} from '@tollgate/metering'
import type { Customer } from '../billing-options.ts'
import { toBillingCustomer } from '../to-billing-customer.ts'

/** Work that costs credits and has no request: a job, a cron, a route without tRPC. */
export type BilledJob<Meter extends string, Feature extends string> = {
  customer: Customer
  /** Who it is done by or for, besides the customer: the limits of each apply. */
  subjects?: readonly CallSubject[]
  /** Derived from the job's id with `jobKey`. */
  key: OperationKey
  /** The name of the work in the customer's ledger: "jobs.render". */
  operation: string
  /** What is held per meter, all or nothing. */
  charges: { readonly [Slug in Meter]?: number }
  /** `reported`: the work reports what to charge; the charges are the most expected. */
  settle?: 'hold' | 'reported'
  feature?: Feature
  /** The provider cost of the work, unless it is reported per provider call. */
  cost?: DeclaredCost
  /** What distinguishes it from other work under the same key; a redelivered job has the same input. */
  input?: unknown
  deadlineMs?: number
  signal?: AbortSignal
  /** The metering to use if `createBilling` got a function that finds it in a context. */
  metering?: Metering
}

/** Runs a job once: a redelivered job gets the stored result; one that throws releases its hold and may run again. */
export async function runJob<Output>(
  given: { metering: Metering | null; codec: Codec | null },
  job: BilledJob<string, string>,
  work: Work<Output>,
): Promise<Billed<Output>> {
  const metering = job.metering ?? given.metering
  if (!metering) throw new SetupError(NO_METERING)
  const { customer, key, operation, charges, settle = 'hold', feature, input = null } = job
  return metering.run(
    {
      customer: toBillingCustomer(customer),
      subjects: job.subjects,
      procedure: operation,
      key,
      input,
      charges: Object.entries(charges).flatMap(([meter, hold]) =>
        hold === undefined ? [] : [{ meter, hold }],
      ),
      settle,
      feature: feature ?? null,
      deadlineMs: job.deadlineMs,
      signal: job.signal,
      cost: job.cost,
      codec: given.codec,
    },
    work,
  )
}

const NO_METERING =
  'A job has no context in which createBilling() could look for metering. Give it to the job: billing.run({ metering, … }, work).'
