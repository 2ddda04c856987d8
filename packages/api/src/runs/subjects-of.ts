import type { CallSubject } from '@tollgate/contract'
import type { ApiKey } from '../api-keys/api-keys.ts'

/** The key and the runs that a call is made with, outermost first. */
export function subjectsOf({ id, runs = [] }: Pick<ApiKey, 'id' | 'runs'>): CallSubject[] {
  return [{ kind: 'key', id }, ...runs.map((run) => ({ kind: 'run' as const, id: run }))]
}
