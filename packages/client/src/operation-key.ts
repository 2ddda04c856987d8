import { isOperationKey, type OperationKey, operationKey } from '@tollgate/contract'

/** The reserved field of a billed mutation's variables that carries its operation key. */
const OPERATION_KEY_FIELD = '$op'

/** Variables that know which intent they belong to, however often they are sent. */
export type Keyed<Input> = Input & { readonly [OPERATION_KEY_FIELD]: OperationKey }

/** Mints the key of one user intent: time-ordered, 128 random bits. */
export function newOperationKey(): OperationKey {
  const random = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return operationKey(`op_${Date.now().toString(36)}_${hex}`)
}

/**
 * Puts an operation key into a billed mutation's variables.
 * @example await client.images.generate.mutate(withOperationKey({ prompt: 'a fox' }))
 */
export function withOperationKey<Input extends object>(
  input: Input,
  key: OperationKey = newOperationKey(),
): Keyed<Input> {
  return { ...input, [OPERATION_KEY_FIELD]: key }
}

/** Takes the operation key out of variables again; the key is null when they carry none. */
export function takeOperationKey(variables: unknown): {
  input: unknown
  key: OperationKey | null
} {
  if (typeof variables !== 'object' || variables === null || !(OPERATION_KEY_FIELD in variables)) {
    return { input: variables, key: null }
  }
  const { [OPERATION_KEY_FIELD]: key, ...input } = variables
  return { input, key: typeof key === 'string' && isOperationKey(key) ? key : null }
}
