/** The state of a balance; computed once, on the server, by `balanceState`. */
export type BalanceState =
  | 'ok'
  | 'warning'
  | 'critical'
  | 'exhausted'
  | 'overage'
  | 'unlimited'
  | 'unknown'

/** Where credits came from. */
export type BalanceSource = {
  source: 'plan' | 'topup' | 'grant'
  name: string
  granted: number
  remaining: number
  /** ISO instant, or null when they never expire. */
  expiresAt: string | null
}

/** One meter of one customer as every screen shows it; integers in the meter's smallest unit. */
export type Balance<Meter extends string = string> = {
  meter: Meter
  /** What one credit is called, in the singular: "image". */
  unit: string
  granted: number
  used: number
  held: number
  /** What a new operation may use now: granted − used − held, never below 0. */
  remaining: number
  unlimited: boolean
  /** Usage beyond what is granted now: the customer was refunded or downgraded after the usage. */
  overage: number
  /** Used share of granted in percent, one decimal; null when there is no limit. */
  percentUsed: number | null
  state: BalanceState
  /** ISO instants; null when the subscription does not renew. */
  periodStart: string | null
  resetsAt: string | null
  asOf: string
  /** Increases with every change of this customer's meter; a lower version is older. */
  version: number
  breakdown: BalanceSource[]
}

/** The part of a balance that travels in the `X-Billing` header: what one operation can change. */
export type BalanceUpdate<Meter extends string = string> = Pick<
  Balance<Meter>,
  | 'meter'
  | 'granted'
  | 'used'
  | 'held'
  | 'remaining'
  | 'overage'
  | 'percentUsed'
  | 'state'
  | 'asOf'
  | 'version'
>

/** The part of a balance that one operation can change. */
export function toBalanceUpdate(balance: BalanceUpdate): BalanceUpdate {
  const { meter, granted, used, held, remaining, overage, percentUsed, state, asOf, version } =
    balance
  return { meter, granted, used, held, remaining, overage, percentUsed, state, asOf, version }
}

/** From this used share on, upgrade prompts are shown. */
export const WARNING_PERCENT = 80
/** From this used share on, a balance is critical, and prompts are stronger. */
export const CRITICAL_PERCENT = 90

/** Computes the state of a balance. Pure: the server calls it once, and every screen shows the result. */
export function balanceState(standing: {
  granted: number
  used: number
  remaining: number
  overage: number
  unlimited: boolean
}): BalanceState {
  if (standing.unlimited) return 'unlimited'
  if (standing.overage > 0) return 'overage'
  if (standing.remaining <= 0) return 'exhausted'
  const percent = percentUsed(standing) ?? 100
  if (percent >= CRITICAL_PERCENT) return 'critical'
  if (percent >= WARNING_PERCENT) return 'warning'
  return 'ok'
}

/** Used share of granted in percent, rounded down to one decimal so that 79.99 is never shown as 80. */
export function percentUsed(standing: {
  granted: number
  used: number
  unlimited: boolean
}): number | null {
  if (standing.unlimited || standing.granted <= 0) return null
  return Math.floor((standing.used / standing.granted) * 1000) / 10
}

/** The used share as text: never "0 %" while anything is used, never "100 %" while anything is left; null without a limit. */
export function usedShare(
  standing: { granted: number; used: number; unlimited: boolean },
  format: (percent: number) => string,
): string | null {
  const percent = percentUsed(standing)
  if (percent === null) return null
  return percent === 0 && standing.used > 0 ? `<${format(LEAST_SHOWN)}` : format(percent)
}

/** Shares are shown with one decimal. */
const LEAST_SHOWN = 0.1
