import { describe, expect, it } from 'vitest'
import { decodeBalanceHeader, encodeBalanceHeader } from './balance-header.ts'
import type { BalanceUpdate } from './balance.ts'

const update: BalanceUpdate = {
  meter: 'image_generations',
  granted: 10,
  used: 1,
  held: 0,
  remaining: 9,
  overage: 0,
  percentUsed: 10,
  state: 'ok',
  asOf: '2026-11-22T00:00:00.000Z',
  version: 3,
}

describe('the balance header', () => {
  it('round-trips balances', () => {
    expect(decodeBalanceHeader(encodeBalanceHeader([update]))).toEqual([update])
  })

  it.each([null, undefined, '', 'nonsense', '{}', '[1]', '[{"meter":"constructor"}]'])(
    'reads no updates from %j',
    (value) => {
      expect(decodeBalanceHeader(value)).toEqual([])
    },
  )

  it('is left out when it would be too long', () => {
    expect(encodeBalanceHeader(Array.from({ length: 30 }, () => update))).toBeNull()
  })
})
