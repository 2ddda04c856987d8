import type { CallSubject, LimitSubject } from '@tollgate/contract'

/** A subject as the database has it: "customer", "member:ada". */
export function subjectText(subject: LimitSubject): string {
  return subject.kind === 'customer' ? subject.kind : `${subject.kind}:${subject.id}`
}

/** The subjects of a call in one text, each once; null for none. */
export function subjectsText(subjects: readonly CallSubject[] = []): string | null {
  return subjects.length === 0 ? null : [...new Set(subjects.map(subjectText))].join(' ')
}

const CALL_SUBJECTS = ['member', 'key', 'run'] as const

/** The subjects of a call as they were before they became text. */
export function parseSubjects(text: string | null): CallSubject[] {
  if (text === null) return []
  return text
    .split(' ')
    .map(parseSubject)
    .filter((subject) => subject.kind !== 'customer')
}

/** A subject as it was before it became text. */
export function parseSubject(text: string): LimitSubject {
  const [name, id = ''] = text.split(':')
  const kind = CALL_SUBJECTS.find((one) => one === name)
  return kind ? { kind, id } : { kind: 'customer' }
}
