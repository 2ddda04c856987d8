import type { Balance } from '@tollgate/client'
import { catalogMeter } from './catalog-meter.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** "7 of 10 image generations left", or what stands in its place without a limit or without knowledge. */
export function describeBalance(balance: Balance): string {
  if (balance.state === 'unknown') return 'Balance unavailable'
  if (balance.unlimited) return `Unlimited · ${count(balance.used, balance.meter)} used`
  const left = balance.remaining.toLocaleString()
  return `${left} of ${count(balance.granted, balance.meter)} left`
}

/** "Resets in 9 days", counted from when the balance was read; null when nothing renews. */
export function describeReset(balance: Balance): string | null {
  if (!balance.resetsAt) return null
  const leftMs = Date.parse(balance.resetsAt) - Date.parse(balance.asOf)
  const hours = Math.floor(leftMs / HOUR_MS)
  if (hours <= 0) return 'Resets today'
  if (leftMs < DAY_MS) return `Resets in ${hours} ${hours === 1 ? 'hour' : 'hours'}`
  // Whole days, as the Studio counts them.
  const days = Math.floor(leftMs / DAY_MS)
  return days === 1 ? 'Resets tomorrow' : `Resets in ${days} days`
}

/** How a balance stands in a word, so that colour never says it alone; null when there is nothing to say. */
export function describeState(
  balance: Balance,
): { word: string; tone: 'warning' | 'danger' } | null {
  switch (balance.state) {
    case 'warning':
      return { word: 'Running low', tone: 'warning' }
    case 'critical':
      return { word: 'Almost used up', tone: 'danger' }
    case 'exhausted':
      return { word: 'Used up', tone: 'danger' }
    case 'overage':
      return { word: `${balance.overage.toLocaleString()} over`, tone: 'danger' }
    case 'ok':
    case 'unlimited':
    case 'unknown':
      return null
  }
}

/** "1 image generation", "2 image generations"; the bare number of a meter that is newer than this app. */
export function count(amount: number, meter: string): string {
  const number = amount.toLocaleString()
  const known = catalogMeter(meter)
  return known ? `${number} ${amount === 1 ? known.unit : known.units}` : number
}
