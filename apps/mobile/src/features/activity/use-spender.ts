import type { CallSubject } from '@tollgate/contract'
import { type Spender, spenderOf } from '@tollgate/contract/copy'
import { trpc } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'

/** Names the member and the API key of a call. */
export function useSpender(): (subjects: readonly CallSubject[]) => Spender {
  const spenders = trpc.account.spenders.useQuery()
  return (subjects) => spenderOf(subjects, spenders.data, copy.t.operation.former)
}
