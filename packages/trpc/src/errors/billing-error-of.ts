import type { BillingError } from '@tollgate/contract'
import { MeteringError } from '@tollgate/metering'

/** How many causes are searched: tRPC wraps an error once, our translation once more. */
const CAUSES_MAX = 4

/**
 * The part of an error that a client may see in `error.data.billing`, or null when it is not a billing error.
 *
 * @example
 * errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, billing: billingErrorOf(error) } })
 */
export function billingErrorOf(error: unknown): BillingError | null {
  let current = error
  for (let depth = 0; depth < CAUSES_MAX; depth += 1) {
    if (current instanceof MeteringError) return current.billing
    if (!(current instanceof Error)) return null
    current = current.cause
  }
  return null
}
