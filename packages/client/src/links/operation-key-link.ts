import type { TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { intent, operationKeyOf } from '../operation-key.ts'

/**
 * Gives a key to every mutation that has none: a client does not know which ones are billed, and the server ignores the keys of the others.
 * Placed before the retry link, so that all attempts share it.
 */
export function operationKeyLink(): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) => {
      const isKeyed = op.type !== 'mutation' || operationKeyOf(op) !== null
      return next(isKeyed ? op : { ...op, context: { ...op.context, ...intent().context } })
    }
}
