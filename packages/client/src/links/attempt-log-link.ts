import type { TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { tap } from '@trpc/server/observable'
import type { IntentStore } from '../intents/create-intent-store.ts'
import { operationKeyOf } from '../operation-key.ts'

/** Records every attempt of a call; retries are attempts too. */
export type AttemptLog = Pick<IntentStore, 'markSent' | 'markFailed'>

/** Records each attempt of a call with a key before it is sent. Placed after the retry link, so that it sees every attempt. */
export function attemptLogLink(log: AttemptLog): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) => {
      const key = operationKeyOf(op)
      if (key === null) return next(op)
      log.markSent(key)
      return next(op).pipe(tap({ error: (error) => log.markFailed(key, error) }))
    }
}
