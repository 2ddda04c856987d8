import type { SpendLimit } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { allowanceOf, draftOf } from './limit-draft.ts'

const limit: SpendLimit = {
  subject: { kind: 'member', id: 'ada' },
  meter: 'api_calls',
  amount: 5,
  period: null,
  spent: 1,
  left: 4,
  resetsAt: null,
  expiresAt: null,
}

describe('draftOf', () => {
  it('begins with the limit of the meter, and with an empty monthly one without', () => {
    expect(draftOf('api_calls', [limit])).toEqual({
      meter: 'api_calls',
      written: '5',
      period: 'all',
    })
    expect(draftOf('ai_tokens', [limit])).toEqual({
      meter: 'ai_tokens',
      written: '',
      period: 'month',
    })
  })
})

describe('allowanceOf', () => {
  it.each([
    ['12', 'month', { meter: 'api_calls', amount: 12, period: 'month' }],
    ['0', 'all', { meter: 'api_calls', amount: 0, period: null }],
    ['', 'month', null],
    [' ', 'month', null],
    ['1.5', 'month', null],
    ['-1', 'month', null],
    ['1e400', 'month', null],
  ] as const)('of "%s" per %s is %j', (written, period, allowance) => {
    expect(allowanceOf({ meter: 'api_calls', written, period })).toEqual(allowance)
  })
})
