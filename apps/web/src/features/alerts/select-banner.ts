import type { Balance } from '@tollgate/contract'
import { isIncluded } from '../balance/is-included.ts'

/** What is shown above every page; one at a time. */
export type Banner =
  | { kind: 'offline' }
  | { kind: 'reconnecting'; updatedAt: string }
  | { kind: 'past_due' }
  | { kind: 'unavailable' }
  | { kind: 'exhausted' | 'overage' | 'critical' | 'warning'; balance: Balance; id: string }
  | { kind: 'cancelling'; endsAt: string; id: string }

export type BannerFacts = {
  online: boolean
  /** Set while the server is gone: when the balances on screen were read. */
  reconnecting: { updatedAt: string } | false
  /** Whether balances could be read at all. */
  readable: boolean
  subscription: { status: string; cancelsAt: string | null } | null
  balances: readonly Balance[]
  /** The used share from which the person wants a warning; a critical balance is always shown. */
  warnFromPercent: number
  /** Ids of banners the person has closed; null while they are not known, when none is shown that can be closed. */
  dismissed: ReadonlySet<string> | null
  /** The meter whose page explains an empty balance itself; a low balance is still shown here. */
  explainedHere?: string | undefined
}

const LEVELS = ['exhausted', 'overage', 'critical', 'warning'] as const

/**
 * Chooses the one banner worth showing: what stops everything first, then what is closest to stopping.
 * A closed banner stays closed for its threshold and period, also when the balance crosses it again.
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
