import type { ActivityStatus, BalanceChangeReason, LedgerFilter } from '@tollgate/contract'

/** A filter of the ledger. */
export type ActivityFilter = {
  /** Null for every meter. */
  meter: string | null
  show: Show
  period: Period
}
type Show = (typeof SHOWS)[number]
type Period = (typeof PERIODS)[number]

export const SHOWS = ['all', 'charged', 'released', 'held', 'credits'] as const
export const PERIODS = ['all', 'day', 'week', 'month'] as const
export const EVERYTHING: ActivityFilter = { meter: null, show: 'all', period: 'all' }

const STATUSES: Record<Show, readonly (ActivityStatus | BalanceChangeReason)[] | null> = {
  all: null,
  charged: ['charged'],
  released: ['released'],
  held: ['held'],
  credits: ['plan', 'purchase', 'grant', 'refund', 'expiry', 'adjustment'],
}

const DAY_MS = 86_400_000
const DAYS: Record<Period, number | null> = { all: null, day: 1, week: 7, month: 30 }

/** The filter as the server takes it, with its time span ending now. */
export function toLedgerFilter({ meter, show, period }: ActivityFilter, now: Date): LedgerFilter {
  const statuses = STATUSES[show]
  const days = DAYS[period]
  return {
    ...(meter === null ? {} : { meter }),
    ...(statuses === null ? {} : { statuses }),
    ...(days === null ? {} : { from: new Date(now.getTime() - days * DAY_MS).toISOString() }),
  }
}
