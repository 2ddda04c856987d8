import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { billingErrorOf, isBillingError } from './billing-error-of.ts'
import { REFUSALS } from './fixtures/refusals.ts'
import { leavesOutcomeOpen } from './intents/leaves-outcome-open.ts'

function answered(data: Record<string, unknown>): unknown {
  return TRPCClientError.from({ error: { code: -32603, message: 'no', data } })
}

describe('billingErrorOf', () => {
  it('narrows to the kind the server sent', () => {
    const error = answered({ httpStatus: 402, billing: REFUSALS.insufficient_credits })
    expect(isBillingError(error, 'insufficient_credits')).toBe(true)
    expect(isBillingError(error, 'in_progress')).toBe(false)
  })

  it('reads a kind from the future as a generic refusal', () => {
    const error = answered({ httpStatus: 402, billing: { kind: 'no_seat', message: 'Cap.' } })
    expect(billingErrorOf(error)).toEqual({ kind: 'unknown', message: 'Cap.' })
    expect(isBillingError(error)).toBe(false)
  })

  it.each([null, undefined, new Error('no'), { data: { billing: REFUSALS.insufficient_credits } }])(
    'has nothing to say about %j',
    (error) => {
      expect(billingErrorOf(error)).toBeNull()
    },
  )
})

describe('leavesOutcomeOpen', () => {
  it.each([
    [true, answered({ httpStatus: 409, billing: REFUSALS.in_progress })],
    [true, answered({ httpStatus: 500, billing: null })],
    [true, new TypeError('Failed to fetch')],
    [false, answered({ httpStatus: 402, billing: REFUSALS.insufficient_credits })],
    [false, answered({ httpStatus: 400, billing: null })],
  ])('is %s', (open, error) => {
    expect(leavesOutcomeOpen(error)).toBe(open)
  })
})
