import { type Balance, usedShare } from '../balance.ts'
import type { Words } from './words.ts'

type Standing = Pick<
  Balance,
  'meter' | 'state' | 'unlimited' | 'used' | 'remaining' | 'granted' | 'overage'
>

/** What is used, as the bar shows it: "3 of 10 images used · 30%"; and beside it what is left: "7 left". */
export type BalanceText = { used: string; left: string | null }

/** Describes a balance for every screen, or what stands in for it when there is no limit or no answer. */
export function describeBalance(balance: Standing, { t, f }: Words): BalanceText {
  const { meter, state, unlimited, used, remaining, granted, overage } = balance
  if (state === 'unknown') return { used: t.meter.unknown, left: null }
  if (unlimited) return { used: t.meter.unlimited(f, meter, used), left: null }
  if (granted <= 0 && used <= 0) return { used: t.meter.notIncluded, left: null }
  const share = usedShare(balance, f.percent)
  return {
    used: [t.meter.used(f, meter, used, granted), share].filter(Boolean).join(' · '),
    left: overage > 0 ? t.meter.overage(f, overage) : t.meter.left(f, remaining),
  }
}
