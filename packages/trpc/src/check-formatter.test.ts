import { initTRPC } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { studioCatalog } from './fixtures/studio-app.ts'
import { unusedMetering } from './fixtures/unused-metering.ts'
import { billingErrors, createBilling, withBillingErrors } from './index.ts'

const rest = { catalog: studioCatalog, metering: unusedMetering(), customer: () => null }

describe('a root whose error formatter', () => {
  it('is not there is refused by the compiler and when billing is made', () => {
    const t = initTRPC.create()
    // @ts-expect-error Pass errorFormatter: billingErrors to initTRPC.create().
    expect(() => createBilling({ ...rest, t })).toThrow(
      'Pass errorFormatter: billingErrors to initTRPC.create(), or wrap your own: withBillingErrors(formatter).',
    )
  })

  it('drops the refusals of billing is refused', () => {
    const errorFormatter = withBillingErrors(({ shape }) => ({
      ...shape,
      data: { code: shape.data.code, billing: null },
    }))
    const t = initTRPC.create({ errorFormatter })
    expect(() => createBilling({ ...rest, t })).toThrow('withBillingErrors(formatter)')
  })

  it.each([
    ['is billing’s', initTRPC.create({ errorFormatter: billingErrors })],
    [
      'wraps billing’s',
      initTRPC.create({
        errorFormatter: withBillingErrors(({ shape }) => ({ ...shape, message: 'masked' })),
      }),
    ],
  ])('%s is taken', (_which, t) => {
    expect(() => createBilling({ ...rest, t })).not.toThrow()
  })
})
