import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { REFUSALS } from './fixtures/refusals.ts'
import { retryDelay } from './retry-policy.ts'

const MINUTE_MS = 60_000

function refused(billing: object): unknown {
  return TRPCClientError.from({
    error: { code: -32009, message: 'no', data: { httpStatus: 409, billing } },
  })
}

/** The waits between the attempts of a call that always fails the same way. */
function waits(error: unknown): number[] {
  const found: number[] = []
  for (;;) {
    const delay = retryDelay(found.length, error)
    if (delay === null) return found
    found.push(delay)
  }
}

describe('a call that asks for the answer of a running operation', () => {
  const asked = waits(refused({ ...REFUSALS.in_progress, retryAfterMs: 1000 }))

  it('goes on until every operation has met its deadline of ten minutes', () => {
    const total = asked.reduce((sum, delay) => sum + delay, 0)
    expect(total).toBeGreaterThanOrEqual(10 * MINUTE_MS)
    expect(total).toBeLessThan(12 * MINUTE_MS)
  })

  it('keeps the pace the server names until the hold of a dead process is surely free', () => {
    expect(asked.slice(0, 45)).toEqual(Array.from({ length: 45 }, () => 1000))
  })

  it('asks less often after the first minute', () => {
    expect(asked.at(-1)).toBe(5000)
  })
})

describe('a call whose refusal names no time', () => {
  it('is not sent again', () => {
    expect(waits(refused(REFUSALS.insufficient_credits))).toEqual([])
  })
})
