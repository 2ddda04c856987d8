import type { Balance, BalanceState } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { type BannerFacts, selectBanner } from './select-banner.ts'

function balance(meter: string, state: BalanceState): Balance {
  return {
    meter,
    unit: 'credit',
    granted: 100,
    used: 0,
    held: 0,
    remaining: 100,
    unlimited: false,
    overage: 0,
    percentUsed: 85,
    state,
    periodStart: '2026-11-01T00:00:00.000Z',
    resetsAt: '2026-12-01T00:00:00.000Z',
    asOf: '2026-11-22T00:00:00.000Z',
    version: 1,
    breakdown: [],
  }
}

const calm: BannerFacts = {
  online: true,
  reconnecting: false,
  readable: true,
  subscription: { status: 'active', cancelsAt: null },
  balances: [balance('image_generations', 'ok'), balance('ai_tokens', 'unlimited')],
  warnFromPercent: 80,
  dismissed: new Set(),
}
const low = [balance('ai_tokens', 'warning'), balance('image_generations', 'exhausted')]

describe('selectBanner', () => {
  it.each<[string, Partial<BannerFacts>, string | null]>([
    ['nothing while all is well', {}, null],
    ['offline before everything', { online: false, readable: false, balances: low }, 'offline'],
    [
      'a lost server before numbers that may be out of date',
      { reconnecting: { updatedAt: '2026-11-22T12:04:00.000Z' }, readable: false, balances: low },
      'reconnecting',
    ],
    [
      'a failed payment before a low balance',
      { subscription: { status: 'past_due', cancelsAt: null }, balances: low },
      'past_due',
    ],
    ['an unreadable balance, never 0 or 100 %', { readable: false, balances: [] }, 'unavailable'],
    ['what is used up before what runs low', { balances: low }, 'exhausted'],
    ['a critical one', { balances: [balance('api_calls', 'critical')] }, 'critical'],
    ['an early warning', { balances: [balance('api_calls', 'warning')] }, 'warning'],
    ['usage over the limit', { balances: [balance('api_calls', 'overage')] }, 'overage'],
    [
      'the end of the plan when nothing is more urgent',
      { subscription: { status: 'active', cancelsAt: '2026-12-01T00:00:00.000Z' } },
      'cancelling',
    ],
    [
      'nothing about a meter that the plan does not include',
      { balances: [{ ...balance('api_calls', 'exhausted'), granted: 0, remaining: 0 }] },
      null,
    ],
    [
      'nothing that may have been closed, while that is not known',
      { balances: low, dismissed: null },
      null,
    ],
    ['nothing about unknown meters', { balances: [balance('api_calls', 'unknown')] }, null],
  ])('shows %s', (_name, facts, kind) => {
    expect(selectBanner({ ...calm, ...facts })?.kind ?? null).toBe(kind)
  })

  it('waits with an early warning until the share the person chose, but not with a late one', () => {
    const facts = { ...calm, warnFromPercent: 90 }
    expect(selectBanner({ ...facts, balances: [balance('api_calls', 'warning')] })).toBeNull()
    const critical = [balance('api_calls', 'critical')]
    expect(selectBanner({ ...facts, balances: critical })?.kind).toBe('critical')
  })

  it('leaves an empty meter to the page that explains it', () => {
    const facts = { ...calm, balances: low, explainedHere: 'image_generations' }
    expect(selectBanner(facts)).toMatchObject({ kind: 'warning', balance: { meter: 'ai_tokens' } })
  })

  it.each(['warning', 'critical'] as const)(
    'shows the %s of a meter on the page that spends it',
    (state) => {
      const facts = { ...calm, balances: [balance('image_generations', state)] }
      expect(selectBanner({ ...facts, explainedHere: 'image_generations' })?.kind).toBe(state)
    },
  )

  it('keeps a closed banner closed for its threshold and period only', () => {
    const critical = { ...calm, balances: [balance('ai_tokens', 'critical')] }
    const banner = selectBanner(critical)
    if (banner?.kind !== 'critical') throw new Error('There should be a critical banner.')
    const dismissed = new Set([banner.id])
    expect(selectBanner({ ...critical, dismissed })).toBeNull()
    const emptied = [balance('ai_tokens', 'exhausted')]
    expect(selectBanner({ ...calm, dismissed, balances: emptied })?.kind).toBe('exhausted')
    const nextPeriod = [{ ...balance('ai_tokens', 'critical'), periodStart: '2026-12-01' }]
    expect(selectBanner({ ...calm, dismissed, balances: nextPeriod })?.kind).toBe('critical')
  })
})
