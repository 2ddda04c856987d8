import type { CallSubject, LimitSubject } from '@tollgate/contract'

/** A subject as the database stores it: "customer", "member:ada". */
export function subjectText(subject: LimitSubject): string {
  return subject.kind === 'customer' ? subject.kind : `${subject.kind}:${subject.id}`
}

/** The subjects of a call as one string, without duplicates; null for none. */
export function subjectsText(subjects: readonly CallSubject[] = []): string | null {
  return subjects.length === 0 ? null : [...new Set(subjects.map(subjectText))].join(' ')
}

const CALL_SUBJECTS = ['member', 'key', 'run'] as const

/** The inverse of `subjectsText`. */
export function parseSubjects(text: string | null): CallSubject[] {
  if (text === null) return []
  return text
    .split(' ')
    .map(parseSubject)
    .filter((subject) => subject.kind !== 'customer')
}

/** The inverse of `subjectText`. */
export function parseSubject(text: string): LimitSubject {
  const [name, id = ''] = text.split(':')
  const kind = CALL_SUBJECTS.find((one) => one === name)
  return kind ? { kind, id } : { kind: 'customer' }
}
