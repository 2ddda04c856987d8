import { BillingBackendError, ERROR_BRAND } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { InsufficientCreditsError } from './insufficient-credits-error.ts'
import { MeteringError } from './metering-error.ts'

describe('an error of metering', () => {
  it('is recognised when another copy of the package made it', () => {
    class MeteringErrorOfAnotherCopy extends Error {
      readonly code = 'rate_limited'
      readonly [ERROR_BRAND] = 'MeteringError'
    }
    expect(new MeteringErrorOfAnotherCopy()).toBeInstanceOf(MeteringError)
    expect(new Error('no brand')).not.toBeInstanceOf(MeteringError)
  })

  it('is not taken for one of the billing backend', () => {
    const error = new MeteringError({ kind: 'rate_limited', message: 'slowly', retryAfterMs: 1 })
    expect(error).not.toBeInstanceOf(BillingBackendError)
    expect(new BillingBackendError('refused', 'no')).not.toBeInstanceOf(MeteringError)
  })

  it('says what is missing when credits are', () => {
    const error = new InsufficientCreditsError({
      kind: 'insufficient_credits',
      error: 'insufficient_credits',
      message: 'This needs 3 of renders, and 1 are left.',
      meter: 'renders',
      required: 3,
      availableBalance: 1,
      upgradeUrl: '/plans',
      resetsAt: null,
      actions: [],
      charged: false,
    })
    expect(error).toMatchObject({
      code: 'insufficient_credits',
      meterSlug: 'renders',
      availableBalance: 1,
    })
    expect(error).toBeInstanceOf(MeteringError)
    const other = new MeteringError({ kind: 'rate_limited', message: 'slowly', retryAfterMs: 1 })
    expect(other).not.toBeInstanceOf(InsufficientCreditsError)
  })
})
