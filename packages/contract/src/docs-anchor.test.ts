import { describe, expect, it } from 'vitest'
import { BillingBackendError } from './billing-backend.ts'
import { docsAnchor } from './docs-anchor.ts'

describe('where the guide explains an error', () => {
  it('follows from its class and its code', () => {
    expect(docsAnchor(new BillingBackendError('not_found', 'no such price'))).toBe(
      'errors#not-found',
    )
    expect(docsAnchor({ name: 'LedgerError', code: 'NOT_FOUND' })).toBe('errors#ledger-not-found')
  })

  it.each([
    ['an error of the system', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ["tRPC's own", { name: 'TRPCError', code: 'BAD_REQUEST' }],
    ['one without a code', new Error('no')],
    ['what is no error at all', 'no'],
    ['nothing', null],
  ])('is nowhere for %s', (_what, error) => {
    expect(docsAnchor(error)).toBeNull()
  })
})
