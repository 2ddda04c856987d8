import type { TRPCLink } from '@trpc/client'
import { TRPCClientError } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { mutationKind } from '../mutation-kinds.ts'
import { takeOperationKey } from '../operation-key.ts'

/** Where the key travels between the links of one call. */
export const OPERATION_KEY_CONTEXT = 'operationKey'

/**
 * Moves the operation key from the variables into the call's context and refuses a billed call without one.
 * It never makes a key: a key made here would be new on every retry, and the retry charged again.
 */
export function operationKeyLink(): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) => {
      if (op.type !== 'mutation') return next(op)
      const { input, key } = takeOperationKey(op.input)
      if (key !== null) {
        return next({ ...op, input, context: { ...op.context, [OPERATION_KEY_CONTEXT]: key } })
      }
      if (mutationKind(op.path) === 'free') return next({ ...op, input })
      return observable((observer) => {
        observer.error(
          new TRPCClientError(
            `${op.path} is billed and carries no operation key. Wrap its input in withOperationKey(), or call it through useBilledMutation().`,
          ),
        )
      })
    }
}
