import { isTransient } from '@tollgate/database'
import type { MeteringPolicy } from './policy.ts'
import { billingUnavailable } from './operation/refusals.ts'

/** Reads something; a database that is away is answered as `billing_unavailable` (503), never as an error of its own. */
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
