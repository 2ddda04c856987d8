/** The subject of a limit: the customer itself, or a member, key or run that spends its credits. */
export type LimitSubject = { kind: 'customer' } | CallSubject

/** A subject that a call is made by or for, besides the customer who pays. Ids are 1–64 of `A-Z a-z 0-9 _ -`. */
export type CallSubject = { kind: 'member' | 'key' | 'run'; id: string }

/** What a subject may spend of one meter, and how much of it is used. */
export type SpendLimit<Meter extends string = string> = {
  subject: LimitSubject
  meter: Meter
  amount: number
  /** A calendar month (UTC), or null for a total since it was set. */
  period: LimitPeriod | null
  /** Charged in the period. */
  spent: number
  /** What remains: neither spent nor held. */
  left: number
  /** When the next period begins. */
  resetsAt: string | null
  /** When a run can no longer spend. */
  expiresAt: string | null
}

/** When a limit resets. */
export type LimitPeriod = 'month'

const SUBJECT_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Whether a value can be the id of a subject. */
export function isSubjectId(value: string): boolean {
  return SUBJECT_ID.test(value)
}
