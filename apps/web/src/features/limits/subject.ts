import type { LimitSubject } from '@tollgate/contract'

/** The subject of a limit that has its own page: a member or an API key. */
export type Subject = { kind: 'member' | 'key'; id: string }

/** Whether a limit is that of this subject. */
export function isOf(subject: Subject, limit: { subject: LimitSubject }): boolean {
  return limit.subject.kind === subject.kind && limit.subject.id === subject.id
}
