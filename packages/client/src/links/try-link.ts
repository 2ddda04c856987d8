import { isOperationKey, type OperationKey } from '@tollgate/contract'
import type { TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { tap } from '@trpc/server/observable'
import type { IntentStore } from '../intents/create-intent-store.ts'
import { OPERATION_KEY_CONTEXT } from './operation-key-link.ts'

/** What is told of every single try; a call may have several. */
export type TryLog = Pick<IntentStore, 'markSent' | 'markFailed'>

/** Writes down that a billed call leaves, before it does. Stands behind the retries, so that it sees each try. */
export function tryLink(log: TryLog): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) => {
      const key = keyOf(op.context)
      if (key === null) return next(op)
      log.markSent(key)
      return next(op).pipe(tap({ error: (error) => log.markFailed(key, error) }))
    }
}

function keyOf(context: Record<string, unknown>): OperationKey | null {
  const key = context[OPERATION_KEY_CONTEXT]
  return typeof key === 'string' && isOperationKey(key) ? key : null
}
