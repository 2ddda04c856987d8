import { isOperationKey, type OperationKey, operationKey } from '@tollgate/contract'

/** Where a call's key travels: tRPC passes its context from link to link and sends none of it. */
const OPERATION_KEY_CONTEXT = 'operationKey'

/** Mints the key of one intent: time-ordered, 128 random bits. */
export function newOperationKey(): OperationKey {
  const random = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return operationKey(`op_${Date.now().toString(36)}_${hex}`)
}

/**
 * The options of a call that belongs to this intent. Two calls with the same key are charged once, and the second receives the first one's
 * answer; a mutation without these options is an intent of its own.
 * @example await tollgate.client.draw.mutate({ prompt: 'a fox' }, intent(key))
 */
export function intent(key: OperationKey = newOperationKey()): {
  context: { [OPERATION_KEY_CONTEXT]: OperationKey }
} {
  return { context: { [OPERATION_KEY_CONTEXT]: key } }
}

/** The key of a call; null when it has none. */
export function operationKeyOf(call: { context: Record<string, unknown> }): OperationKey | null {
  const key = call.context[OPERATION_KEY_CONTEXT]
  return typeof key === 'string' && isOperationKey(key) ? key : null
}
