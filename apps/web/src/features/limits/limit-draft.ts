import type { SpendLimit } from '@tollgate/contract'

/** A limit while it is edited. */
export type LimitDraft = { meter: string; written: string; period: Period }

export type Period = (typeof PERIODS)[number]

/** The periods after which a limit resets, as the form offers them. */
export const PERIODS = ['month', 'all'] as const

/** A draft initialized with the current limit. */
export function draftOf(meter: string, limits: readonly SpendLimit[]): LimitDraft {
  const limit = limits.find((one) => one.meter === meter)
  if (!limit) return { meter, written: '', period: 'month' }
  return { meter, written: String(limit.amount), period: limit.period ?? 'all' }
}

/** The limit of a draft; null if it is incomplete. */
export function allowanceOf({ meter, written, period }: LimitDraft) {
  const amount = Number(written)
  if (written.trim() === '' || !Number.isSafeInteger(amount) || amount < 0) return null
  return { meter, amount, period: period === 'all' ? null : period }
}
