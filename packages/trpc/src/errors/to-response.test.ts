import { BillingBackendError, type BillingError } from '@tollgate/contract'
import { InsufficientCreditsError, MeteringError } from '@tollgate/metering'
import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { toResponse } from './to-response.ts'

const EXHAUSTED = {
  kind: 'insufficient_credits',
  error: 'insufficient_credits',
  message: 'This needs 3 of renders, and 1 are left.',
  meter: 'renders',
  required: 3,
  availableBalance: 1,
  upgradeUrl: 'https://app.example/plans',
  resetsAt: null,
  actions: [],
  charged: false,
} as const satisfies BillingError

type Refused = { status: number; billing: BillingError; retryAfter?: string }

describe('a refusal as a plain HTTP answer', () => {
  it('is a flat 402 that says what is missing and where to get it', async () => {
    const response = toResponse(new InsufficientCreditsError(EXHAUSTED))
    expect(response?.status).toBe(402)
    expect(response?.headers.get('content-type')).toBe('application/json')
    expect(await response?.json()).toMatchObject({
      error: 'insufficient_credits',
      message: 'This needs 3 of renders, and 1 are left.',
      availableBalance: 1,
      required: 3,
      upgradeUrl: 'https://app.example/plans',
    })
  })

  it.each<Refused>([
    {
      status: 401,
      billing: { kind: 'not_signed_in', message: 'Sign in.', actions: [] },
    },
    {
      status: 403,
      billing: {
        kind: 'not_in_plan',
        message: 'HD is in Pro.',
        feature: 'hd',
        upgradeUrl: 'https://app.example/plans',
        actions: [],
      },
    },
    {
      status: 409,
      billing: { kind: 'in_progress', message: 'Still running.', retryAfterMs: 250 },
      retryAfter: '1',
    },
    {
      status: 429,
      billing: { kind: 'rate_limited', message: 'Slower.', retryAfterMs: 7001 },
      retryAfter: '8',
    },
    {
      status: 503,
      billing: { kind: 'billing_unavailable', message: 'Not now.', retryAfterMs: 5000 },
      retryAfter: '5',
    },
  ])('is a flat $status for $billing.kind', async ({ status, billing, retryAfter }) => {
    const response = toResponse(new MeteringError(billing))
    expect(response?.status).toBe(status)
    expect(response?.headers.get('retry-after')).toBe(retryAfter ?? null)
    expect(await response?.json()).toMatchObject({ error: billing.kind, ...billing })
  })

  it('is found when tRPC has wrapped it', () => {
    const cause = new InsufficientCreditsError(EXHAUSTED)
    expect(toResponse(new TRPCError({ code: 'PAYMENT_REQUIRED', cause }))?.status).toBe(402)
  })

  it.each([
    new Error('no paint'),
    new TRPCError({ code: 'NOT_FOUND' }),
    new BillingBackendError('refused', 'no'),
    new MeteringError({ code: 'RESULT_TOO_LARGE', message: 'too large' }),
    'no error at all',
  ])('is not made of %s', (error) => {
    expect(toResponse(error)).toBeNull()
  })
})
