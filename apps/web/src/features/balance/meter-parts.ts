import type { Balance } from '@tollgate/contract'

/** A balance as its bar is drawn: shares of what was granted, together never more than 100. */
export type MeterParts = {
  usedPercent: number
  heldPercent: number
  /** Held by the server or under way from this window, whichever is more. */
  held: number
  /** What is left once everything under way is charged. */
  remaining: number
}

/** Splits a balance into what is used, held and left; `pending` is what this window has under way. */
export function meterParts(
  balance: Pick<Balance, 'granted' | 'used' | 'held' | 'remaining'>,
  pending = 0,
): MeterParts {
  const held = Math.max(balance.held, pending)
  const remaining = Math.max(0, balance.remaining - (held - balance.held))
  if (balance.granted <= 0) return { usedPercent: 0, heldPercent: 0, held, remaining }
  const usedPercent = Math.min(100, (balance.used / balance.granted) * 100)
  const heldPercent = Math.min(100 - usedPercent, (held / balance.granted) * 100)
  return { usedPercent, heldPercent, held, remaining }
}
