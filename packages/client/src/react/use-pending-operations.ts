import type { OperationKey } from '@tollgate/contract'
import { useMutationState } from '@tanstack/react-query'
import { takeOperationKey } from '../operation-key.ts'
import { pathOf } from './mutation-path.ts'

/** A billed call that was sent from here and has no answer yet. */
export type PendingOperation = { path: string; key: OperationKey; input: unknown }

/** Billed calls under way from this window: what a meter shows as held before the server says so. */
export function usePendingOperations(): PendingOperation[] {
  const pending = useMutationState({
    filters: { status: 'pending' },
    select: (mutation) => ({
      path: pathOf(mutation),
      ...takeOperationKey(mutation.state.variables),
    }),
  })
  return pending.filter((operation): operation is PendingOperation => operation.key !== null)
}
