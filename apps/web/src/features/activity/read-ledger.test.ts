import type { LedgerItem } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { readLedger, type ReadLedgerPage } from './read-ledger.ts'

const ITEMS = Array.from({ length: 230 }, (_, index): LedgerItem => ({
  kind: 'change',
  changeId: `c_${index}`,
  reason: 'grant',
  name: null,
  meter: 'api_calls',
  amount: 1,
  balanceAfter: index,
  at: '2026-11-22T00:00:00.000Z',
}))

/** A server that never returns more than `most` lines per page. */
function serverOf(most: number): ReadLedgerPage {
  return async ({ limit, cursor }) => {
    const from = Number(cursor ?? 0)
    const to = Math.min(from + Math.min(limit, most), ITEMS.length)
    return { items: ITEMS.slice(from, to), nextCursor: to < ITEMS.length ? String(to) : null }
  }
}

describe('readLedger', () => {
  it.each([
    ['full pages', 100],
    ['pages that a filter left short', 7],
  ])(
    'reads as many lines as were asked for from %s, and says where to go on',
    async (_what, most) => {
      const page = await readLedger(serverOf(most), { lines: 50, cursor: null, filter: {} })
      expect(page.items).toEqual(ITEMS.slice(0, 50))
      expect(page.nextCursor).toBe('50')
    },
  )

  it('reads everything there is, each line once', async () => {
    const page = await readLedger(serverOf(60), { lines: Infinity, cursor: null, filter: {} })
    expect(page).toEqual({ items: ITEMS, nextCursor: null })
  })
})
