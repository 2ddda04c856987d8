import { MeteringError } from '@tollgate/metering'

/** Asks a caller to come back later; 429 with `Retry-After`. */
export function rateLimited(retryAfterMs: number): MeteringError {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return new MeteringError({
    kind: 'rate_limited',
    message: `Too many calls; try again in ${seconds} s.`,
    retryAfterMs,
  })
}
