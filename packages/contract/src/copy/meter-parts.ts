import type { Balance } from '../balance.ts'

/** The narrowest visible part: a bar is never empty while something is used, nor full while something is left. */
const LEAST_PERCENT = 0.75

/** A balance as its bar is drawn: shares of what was granted, at most 100 together. */
export type MeterParts = {
  usedPercent: number
  heldPercent: number
  /** Held by the server or in flight from this window, whichever is more. */
  held: number
  /** What is left once everything in flight is charged. */
  remaining: number
}

/** Splits a balance into used, held and left; `pending` is what this window has in flight. */
export function meterParts(
  balance: Pick<Balance, 'granted' | 'used' | 'held' | 'remaining'>,
  pending = 0,
): MeterParts {
  const held = Math.max(balance.held, pending)
  const remaining = Math.max(0, balance.remaining - (held - balance.held))
  if (balance.granted <= 0) return { usedPercent: 0, heldPercent: 0, held, remaining }
  const usedPercent = visible(balance.used, balance.granted)
  const heldPercent = Math.min(100 - usedPercent, visible(held, balance.granted))
  return { usedPercent, heldPercent, held, remaining }
}

function visible(part: number, whole: number): number {
  if (part <= 0) return 0
  if (part >= whole) return 100
  return Math.min(100 - LEAST_PERCENT, Math.max(LEAST_PERCENT, (part / whole) * 100))
}
