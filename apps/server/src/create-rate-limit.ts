import type { RateLimit } from '@tollgate/api'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Generous for people using free calls, but not for scripts. */
const FREE_CALLS_PER_MINUTE = 120
const READS_PER_MINUTE = 3000

/**
 * Counts calls per caller in this process and returns how long a caller over the limit has to wait. Billed calls are already bounded by the
 * balance; their limit, in calls per minute, only keeps one caller from monopolizing the machine.
 */
export function createRateLimit(options: {
  billedCallsPerMinute: number
  readsPerMinute?: number
}): RateLimit {
  const { billedCallsPerMinute, readsPerMinute = READS_PER_MINUTE } = options
  const limiters = {
    billed: limiter('billed', billedCallsPerMinute),
    free: limiter('free', FREE_CALLS_PER_MINUTE),
    read: limiter('read', readsPerMinute),
  }
  return async ({ caller, kind }) => {
    try {
      await limiters[kind].consume(caller)
      return null
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused.msBeforeNext
      throw refused
    }
  }
}

function limiter(kind: string, callsPerMinute: number): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix: kind, points: callsPerMinute, duration: 60 })
}
