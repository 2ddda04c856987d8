import type { TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { tap } from '@trpc/server/observable'
import type { IntentStore } from '../intents/create-intent-store.ts'
import { operationKeyOf } from '../operation-key.ts'

/** What hears of every single try; a call may have several. */
export type TryLog = Pick<IntentStore, 'markSent' | 'markFailed'>

/** Writes down that a call with a key leaves, before it does. Stands behind the retries, so that it sees each try. */
export function tryLink(log: TryLog): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) => {
      const key = operationKeyOf(op)
      if (key === null) return next(op)
      log.markSent(key)
      return next(op).pipe(tap({ error: (error) => log.markFailed(key, error) }))
    }
}
