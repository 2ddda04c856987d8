import type { Balance } from '@tollgate/contract'
import { isIncluded } from '../balance/is-included.ts'

/** The banner above every page; one at a time. */
export type Banner =
  | { kind: 'offline' }
  | { kind: 'reconnecting'; updatedAt: string }
  | { kind: 'past_due' }
  | { kind: 'unavailable' }
  | { kind: 'exhausted' | 'overage' | 'critical' | 'warning'; balance: Balance; id: string }
  | { kind: 'cancelling'; endsAt: string; id: string }

export type BannerFacts = {
  online: boolean
  /** Set while the server is unreachable: when the balances on screen were fetched. */
  reconnecting: { updatedAt: string } | false
  /** Whether balances could be read at all. */
  readable: boolean
  subscription: { status: string; cancelsAt: string | null } | null
  balances: readonly Balance[]
  /** The used share from which the user wants a warning; a critical balance is always shown. */
  warnFromPercent: number
  /** Ids of the banners the user closed; null while unknown, when no closable banner is shown. */
  dismissed: ReadonlySet<string> | null
  /** The meter whose page itself explains an empty balance; a low balance is still shown here. */
  explainedHere?: string | undefined
}

const LEVELS = ['exhausted', 'overage', 'critical', 'warning'] as const

/**
 * Selects the one banner to show: first what blocks everything, then what is closest to blocking. A closed banner stays closed for its
 * threshold and period, even if the balance crosses it again.
 */
export function selectBanner(facts: BannerFacts): Banner | null {
  if (!facts.online) return { kind: 'offline' }
  if (facts.reconnecting) return { kind: 'reconnecting', ...facts.reconnecting }
  if (facts.subscription?.status === 'past_due') return { kind: 'past_due' }
  if (!facts.readable) return { kind: 'unavailable' }
  const { dismissed } = facts
  if (!dismissed) return null
  for (const kind of LEVELS) {
    for (const balance of facts.balances) {
      if (balance.state !== kind) continue
      if (kind === 'exhausted' && balance.meter === facts.explainedHere) continue
      if (!isIncluded(balance)) continue
      if (kind === 'warning' && (balance.percentUsed ?? 0) < facts.warnFromPercent) continue
      const id = `${kind}:${balance.meter}:${balance.periodStart ?? 'always'}`
      if (!dismissed.has(id)) return { kind, balance, id }
    }
  }
  const endsAt = facts.subscription?.cancelsAt
  const id = `cancelling:${endsAt}`
  return endsAt && !dismissed.has(id) ? { kind: 'cancelling', endsAt, id } : null
}
