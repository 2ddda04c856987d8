import type { MeteringPolicy } from './policy.ts'
import { unavailable } from './operation/refusals.ts'
import { isTransportError } from './store/is-transport-error.ts'

/** Reads something; a database that is away is told as `billing_unavailable` (503), never as an error of its own. */
export async function orUnavailable<Answer>(
  { policy }: { policy: MeteringPolicy },
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await read()
  } catch (error) {
    throw isTransportError(error) ? unavailable(policy.retryAfterMs, error) : error
  }
}
