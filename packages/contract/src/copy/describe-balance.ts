import type { Balance } from '../balance.ts'
import type { Words } from './words.ts'

/** "7 of 10 images left", or what replaces it without a limit or without an answer. */
export function describeBalance(
  balance: Pick<Balance, 'meter' | 'state' | 'unlimited' | 'used' | 'remaining' | 'granted'>,
  { t, f }: Words,
): string {
  const { meter, state, unlimited, used, remaining, granted } = balance
  if (state === 'unknown') return t.meter.unknown
  return unlimited ? t.meter.unlimited(f, used) : t.meter.left(f, meter, remaining, granted)
}
