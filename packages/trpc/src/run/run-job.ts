import { customerId, type OperationKey } from '@tollgate/contract'
import type { Billed, Metering, Work } from '@tollgate/metering'
import type { Customer } from '../billing-options.ts'

/** Work that costs credits and has no request: a job, a cron, a route without tRPC. */
export type BilledJob<Meter extends string, Feature extends string> = {
  customer: Customer
  /** From the job's id, see `jobKey`. */
  key: OperationKey
  /** What the work is called in the customer's ledger: "jobs.render". */
  operation: string
  /** What is set aside per meter, all or nothing. */
  charges: { readonly [Slug in Meter]?: number }
  /** `reported`: the work reports what to charge, the charges being the most expected. */
  settle?: 'hold' | 'reported'
  feature?: Feature
  /** What distinguishes it from other work under the same key; a redelivered job has the same. */
  input?: unknown
  deadlineMs?: number
  signal?: AbortSignal
}

/** Runs a job once: a redelivered one gets the stored answer, one that throws gives its hold back and may run again. */
export function runJob<Output>(
  metering: Metering,
  job: BilledJob<string, string>,
  work: Work<Output>,
): Promise<Billed<Output>> {
  const { customer, key, operation, charges, settle = 'hold', feature, input = null } = job
  return metering.run(
    {
      customer: {
        customerId: customerId(customer.id),
        name: customer.name ?? customer.email,
        email: customer.email,
      },
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
    },
    work,
  )
}
