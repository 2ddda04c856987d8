import { isTransient } from '@tollgate/database'
import type { MeteringPolicy } from './policy.ts'
import { billingUnavailable } from './operation/refusals.ts'

/** Runs a read; throws `billing_unavailable` (503) instead of the database's own error when it is unavailable. */
export async function orUnavailable<Answer>(
  { policy }: { policy: MeteringPolicy },
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await read()
  } catch (error) {
    throw isTransient(error) ? billingUnavailable(policy.retryAfterMs, error) : error
  }
}
