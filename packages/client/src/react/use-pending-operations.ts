import type { OperationKey } from '@tollgate/contract'
import { type QueryClient, useMutationState } from '@tanstack/react-query'
import { isClick } from './click.ts'

/** A billed call that was sent from here and has no answer yet. */
export type PendingOperation = { path: string; key: OperationKey; input: unknown }

/** Billed calls in flight from this window. */
export function usePendingOperations(queryClient: QueryClient): PendingOperation[] {
  const pending = useMutationState<PendingOperation | null>(
    {
      filters: { status: 'pending' },
      select({ state, options }) {
        const path = options.mutationKey?.[0]
        if (!isClick(state.variables) || !Array.isArray(path)) return null
        return { path: path.join('.'), ...state.variables }
      },
    },
    queryClient,
  )
  return pending.filter((operation) => operation !== null)
}
